internal import Wire

/// The text form of a command or result, behind the transaction that tells it:
///
///     admin queue[4] id=0 LIST_USE group=1 opcodes=0x3f room=16
///     admin.result queue[4] id=0 EINVAL/INVALID_FIELD len=8
///
/// `group` and `member` say whom the command is for; `read` and `room` are the bytes of the two parts
/// of the buffer, `read` only where it is not what the words say. `len` is the length that the
/// device gave, where the words say another. `AdminForm` has the words between.
extension ToldAdmin {
  /// The words, each with a space before it.
  public var text: String {
    switch self {
    case .command(let command): command.text
    case .result(let result): result.text
    }
  }
}

extension AdminCommand {
  var text: String {
    guard isKnown else {
      return isWalked ? " read=\(readableLength) room=\(writableLength)" : ""
    }
    var text = " group=\(groupType)"
    if member != 0 { text += " member=\(member)" }
    if !isReservedZero { text += " reserved=" + AdminWords.hexText(bytes.dropFirst(4).prefix(12)) }
    let data = self.data
    let form = AdminForm(dataOf: opcode)
    text += form.text(of: data, isWhole: isWhole)
    // Without words the parser takes the data for zeros.
    let isEmpty = data.isEmpty && readableLength >= 24
    if isEmpty, form.bytes(of: AdminWords())?.isEmpty == false { text += " size=0" }
    let shown = data.count > AdminForm.textLimit ? AdminForm.textLimit : data.count
    if readableLength != UInt64(24 + shown) { text += " read=\(readableLength)" }
    return text + " room=\(writableLength)"
  }

  private var isWalked: Bool { readableLength != .max }
}

extension AdminResult {
  var text: String {
    let length = self.length.map { "\($0)" } ?? "?"
    guard isKnown else { return " len=\(length)" }
    var text = ""
    let reserved = written.dropFirst(4).prefix(4)
    if !reserved.allSatisfy({ $0 == 0 }) { text += " reserved=" + AdminWords.hexText(reserved) }
    let data = written.dropFirst(8)
    text += AdminForm(resultOf: command).text(
      of: Array(data), isWhole: isWhole || self.length == nil)
    let shown = data.count > AdminForm.textLimit ? AdminForm.textLimit : data.count
    if written.count < 8 { text += " wrote=\(written.count)" }
    // A prefix of more than the text shows is a part of `written` by itself.
    let told = min(written.count, 8) + shown
    return self.length == UInt32(told) ? text : text + " len=\(length)"
  }
}
