public import Model
import VirtioSpec

/// The lines about administration commands: see `ToldAdmin.text`.
///
///     admin LIST_USE group=1 opcodes=0x3f
///     admin.result OK
///
/// A line without a queue is of the first administration queue, one without an id of chain 0; a
/// command has room for a result of 4088 bytes unless `room` says otherwise.
extension TransactionParser {
  /// Reads what a line tells of a command, or of the result of the command in flight that
  /// `session` knows; nil for any other line.
  public func admin(
    _ line: String, _ step: inout Transaction, in session: Session
  ) throws(Failure) -> ToldAdmin? {
    guard step.isAdminStep else { return nil }
    if step.queue < 0 { step.queue = session.adminQueueIndex }
    let code = line.prefix { $0 != ";" && $0 != "#" }
    var words = AdminWords()
    for word in code.split(whereSeparator: \.isWhitespace).dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { words.add(parts[0], parts[1]) }
    }
    if step.kind == .adminCommand { return .command(try Self.command(words, step)) }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let command = session.admin?.command(step.queue, id) else {
      throw Failure(description: "no command \(id) of queue \(step.queue) is in flight")
    }
    return .result(try Self.result(words, step, of: command))
  }

  /// The step that a line beginning with `admin` or `admin.result` tells, without its words.
  static func adminStep(
    _ kind: Transaction.Kind, _ words: inout [String], _ queue: Int32, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    var step = Transaction(kind, at: place, queue: queue)
    if kind == .adminResult { step.traits.insert(.byDevice) }
    for word in words {
      if word.hasPrefix("id=") {
        step.value = try wantedNumber(String(word.dropFirst(3)))
      } else if word == "unknown" {
        step.traits.insert(.unknownValue)
      } else if !word.contains("="), word != "snapshot", !word.hasPrefix("queue[") {
        step.index = try name(word, kind)
      }
    }
    words = words.filter { $0 == "snapshot" }
    return step
  }

  private static func name(_ word: String, _ kind: Transaction.Kind) throws(Failure) -> UInt32 {
    if kind == .adminCommand {
      if let opcode = AdminOpcode(named: word) { return UInt32(opcode.rawValue) }
      return UInt32(try wantedNumber(word) & 0xffff)
    }
    let parts = word.split(separator: "/").map(String.init)
    let first = parts.first ?? ""
    let status = try number(first, AdminStatus(named: first)?.rawValue)
    guard parts.count > 1 else { return status }
    return status | (try number(parts[1], AdminQualifier(named: parts[1])?.rawValue)) << 16
  }

  /// The number that a word names, or is.
  private static func number(_ word: String, _ named: UInt16?) throws(Failure) -> UInt32 {
    if let named { return UInt32(named) }
    return UInt32(try wantedNumber(word) & 0xffff)
  }

  private static func wantedNumber(_ word: String) throws(Failure) -> UInt64 {
    guard let value = parse(word) else { throw Failure(description: "'\(word)' is no number") }
    return value
  }

  private static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  private static func number(
    _ words: AdminWords, _ name: String, _ other: UInt64
  ) throws(Failure) -> UInt64 {
    guard let word = words.all.first(where: { $0.name == name }) else { return other }
    return try wantedNumber(word.value)
  }

  private static func command(
    _ words: AdminWords, _ step: Transaction
  ) throws(Failure) -> AdminCommand {
    let opcode = AdminOpcode(rawValue: UInt16(truncatingIfNeeded: step.index))
    var bytes = little(UInt64(step.index), 2) + little(try number(words, "group", 0), 2)
    bytes += try reserved(words, 12) + little(try number(words, "member", 0), 8)
    guard let data = AdminForm(dataOf: opcode).bytes(of: words) else {
      throw Failure(description: "these words do not tell the data of \(opcode.name)")
    }
    bytes += data
    if step.traits.contains(.unknownValue) { bytes = [] }
    let readable = try number(words, "read", UInt64(step.hasValue ? bytes.count : 24))
    return AdminCommand(
      queue: step.queue, id: UInt32(truncatingIfNeeded: step.value), at: step.reference,
      bytes: Array(bytes.prefix(Int(min(readable, UInt64(bytes.count))))), readable: readable,
      writable: try number(words, "room", 4096))
  }

  private static func result(
    _ words: AdminWords, _ step: Transaction, of command: AdminCommand
  ) throws(Failure) -> AdminResult {
    var bytes = little(UInt64(step.index), 4) + (try reserved(words, 4))
    guard let data = AdminForm(resultOf: command).bytes(of: words) else {
      throw Failure(description: "these words do not tell the result of \(command.opcode.name)")
    }
    let headWords = ["id", "reserved", "len", "wrote"]
    if words.all.contains(where: { !headWords.contains($0.name) }) { bytes += data }
    if !step.hasValue { bytes = [] }
    bytes = Array(bytes.prefix(Int(try number(words, "wrote", UInt64(bytes.count)))))
    let isBatch = words.all.contains { $0.name == "len" && $0.value == "?" }
    let length = isBatch ? 0 : try number(words, "len", UInt64(step.hasValue ? bytes.count : 8))
    return AdminResult(
      command, at: step.reference, length: isBatch ? nil : UInt32(truncatingIfNeeded: length),
      written: bytes, isFound: step.traits.contains(.fromSnapshot))
  }

  private static func reserved(_ words: AdminWords, _ count: Int) throws(Failure) -> [UInt8] {
    guard let word = words.all.first(where: { $0.name == "reserved" }) else {
      return [UInt8](repeating: 0, count: count)
    }
    guard let bytes = AdminForm.plain.bytes(of: AdminWords(["data": word.value])),
      bytes.count == count
    else { throw Failure(description: "'reserved' has \(count) bytes") }
    return bytes
  }
}
