import Model

/// The lines about requests: see `ToldPayload.text`.
///
///     request queue[0] type=1 sector=16 read=528 room=1
///     answer queue[0] status=0
///
/// A line without an id is of chain 0.
extension TransactionParser {
  /// The step that a line beginning with `request` or `answer` tells, without its words.
  static func requestStep(
    _ kind: Transaction.Kind, _ words: inout [String], _ queue: Int32, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    var step = Transaction(kind, at: place, queue: queue)
    if kind == .requestAnswered { step.traits.insert(.byDevice) }
    for word in words where word.hasPrefix("id=") {
      guard let id = parse(String(word.dropFirst(3))) else {
        throw Failure(description: "'\(word)' is no number")
      }
      step.value = id
    }
    words = words.filter { $0 == "snapshot" }
    return step
  }
}

/// The requests of a trace in text, so that an answer knows what it answers.
struct RequestLines {
  private var made: [Key: ToldPayload] = [:]

  private struct Key: Hashable {
    var queue: Int32
    var id: UInt64
  }

  /// What a line tells of a request or an answer, for a device in `session`; sets the length that an
  /// answer gives.
  mutating func payload(
    _ line: String, _ step: inout Transaction, in session: Session
  ) throws(TransactionParser.Failure) -> ToldPayload {
    guard let content = RequestContent(of: step.queue, in: session) else {
      throw TransactionParser.Failure(
        description: "what queue \(step.queue) of this device carries is not decoded")
    }
    let code = line.prefix { $0 != ";" && $0 != "#" }
    var words = AdminWords()
    for word in code.split(whereSeparator: \.isWhitespace).dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, parts[0] != "id" { words.add(parts[0], parts[1]) }
    }
    let key = Key(queue: step.queue, id: step.value)
    let isAnswer = step.kind == .requestAnswered
    let isBigEndian = session.isLegacy && session.profile.guestIsBigEndian == .yes
    let told = ToldPayload(
      words, content, answers: isAnswer ? made[key] : nil, isAnswer: isAnswer,
      isBigEndian: isBigEndian, netHeader: session.netHeaderLength)
    guard let told else {
      throw TransactionParser.Failure(description: "these words do not tell what the chain holds")
    }
    made[key] = isAnswer ? nil : told
    step.index = told.usedLength ?? 0
    return told
  }
}
