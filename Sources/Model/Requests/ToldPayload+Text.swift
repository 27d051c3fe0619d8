/// The text form of a request or an answer, behind the transaction that tells it:
///
///     request queue[0] id=3 type=1 sector=16 read=528 room=1
///     answer queue[0] id=3 used=1 status=0
///
/// `read` and `room` are the bytes of the two parts of the chain, `read` only where it is not what the
/// words say. `data` is what is known behind the fields, `bytes` all of it where it is less than they
/// are. `status` is the last byte of what the device may write, where that says how it went. `used` is
/// the length that the device gave, `?` where one entry stands for several chains. `part` stands for a
/// later buffer of a packet, or, as `?`, for one of which nobody can say whether it is the first.
extension ToldPayload {
  /// The words, each with a space before it.
  public func text(isAnswer: Bool) -> String {
    guard isAnswer else {
      var text = PayloadForm(requestOf: content, netHeader: netHeader).words(of: request).text
      if request.length != UInt64(request.count) { text += " read=\(request.length)" }
      return answer.length == 0 ? text : text + " room=\(answer.length)"
    }
    var text = " used=\(usedLength.map { "\($0)" } ?? "?")"
    if hasStatus { return text + (answer.last.map { " status=\($0)" } ?? "") }
    if part != 0 { text += " part=" + (part > 0 ? "\(part)" : "?") }
    text += answerForm.words(of: answer).text
    return answer.length == UInt64(answer.count) ? text : text + " room=\(answer.length)"
  }

  private var answerForm: PayloadForm {
    PayloadForm(answerOf: content, netHeader: netHeader, isPart: part != 0)
  }

  /// The last byte of the answer says how it went.
  public var hasStatus: Bool { content == .block || content == .netControl }

  /// Reads the words of a line; nil where one of them is wrong.
  ///
  /// - Parameters:
  ///   - made: for an answer, the request that it is to.
  ///   - netHeader: bytes of the header of a network device's packets.
  public init?(
    _ words: AdminWords, _ content: RequestContent, answers made: ToldPayload?, isAnswer: Bool,
    isBigEndian: Bool, netHeader: Int
  ) {
    guard let room = words.number("room") else { return nil }
    guard isAnswer else {
      let form = PayloadForm(requestOf: content, netHeader: netHeader)
      guard var request = form.head(of: words, isBigEndian: isBigEndian),
        let read = words.number("read")
      else { return nil }
      if !words.values("read").isEmpty { request.length = read }
      self.init(
        content, request: request, answer: PayloadHead(length: room, isBigEndian: isBigEndian),
        netHeader: netHeader)
      return
    }
    let isPart = !words.values("part").isEmpty
    let isKnown = words.values("part").first != "?"
    guard let number = isKnown ? words.number("part") : 0, number < 1 << 16 else { return nil }
    let form = PayloadForm(answerOf: content, netHeader: netHeader, isPart: isPart)
    guard var answer = form.head(of: words, isBigEndian: isBigEndian) else { return nil }
    if !words.values("room").isEmpty { answer.length = room }
    self.init(
      content, request: made?.request ?? PayloadHead(isBigEndian: isBigEndian), answer: answer,
      netHeader: netHeader)
    part = isKnown ? Int32(number) : -1
    if hasStatus {
      guard let status = words.number("status") else { return nil }
      if !words.values("status").isEmpty { self.answer.last = UInt8(truncatingIfNeeded: status) }
      self.answer.length = made?.answer.length ?? 1
    }
    let isOne = words.values("used").first != "?"
    guard let length = isOne ? words.number("used") : 0 else { return nil }
    usedLength = isOne ? UInt32(truncatingIfNeeded: length) : nil
  }
}
