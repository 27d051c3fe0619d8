import VirtioSpec
internal import Wire

extension CCWSubchannel {
  /// READ_CONF and WRITE_CONF have no offset: they transfer everything from 0 up to the end of what
  /// the driver wants.
  ///
  /// What the driver wants is the end of the data; the bytes before it are told only where they are
  /// not the ones that an earlier transfer of this life told already. So Linux's six commands for
  /// a MAC address are six reads of a byte, and a boot loader's one command for everything is a
  /// read of each field.
  ///
  /// Spec: 4.3.2.5, Configuration Structure Layout.
  mutating func transferConfig(
    isWrite: Bool, _ command: Command, _ data: RawSpan, type: DeviceType?,
    into steps: inout StepBuffer
  ) {
    let kind: Transaction.Kind = isWrite ? .writeConfig : .readConfig
    let count = min(data.byteCount, Self.configLimit)
    guard command.hasData, count > 0 else {
      var step = transaction(kind, command)
      step.traits.insert(.unknownValue)
      step.width = UInt8(clamping: command.count)
      return emit(step, into: &steps)
    }
    let fields = type?.configFields ?? []
    let isBig = interface == .legacy && !(type?.legacyConfigIsLittleEndian ?? false)
    var start = 0
    while start < count {
      let piece = Self.piece(at: start, of: count, fields)
      let end = start + piece.count
      let first = piece.isBytes ? firstNew(start, end, end == count, data) : start
      if end == count || !isKnown(first, end, data) {
        var step = transaction(kind, command)
        step.index = UInt32(first)
        step.width = UInt8(clamping: end - first)
        step.value = Self.number(data, first, end, isBig)
        emit(step, into: &steps)
      }
      start = end
    }
    guard !command.isRejected else { return }
    for offset in 0..<count {
      if offset < config.count {
        config[offset] = data.byte(at: offset)
      } else {
        config.append(data.byte(at: offset))
      }
    }
  }

  /// No device's configuration is larger; an offset of a transaction needs no more.
  private static var configLimit: Int { 4096 }

  /// Whether the bytes from `start` to `end` are those that were seen before.
  private func isKnown(_ start: Int, _ end: Int, _ data: RawSpan) -> Bool {
    guard end <= config.count else { return false }
    for offset in start..<end where config[offset] != data.byte(at: offset) { return false }
    return true
  }

  /// Within an array of bytes, the first one that is new; the last one of the transfer counts.
  private func firstNew(_ start: Int, _ end: Int, _ isTail: Bool, _ data: RawSpan) -> Int {
    let last = isTail ? end - 1 : end
    var first = start
    while first < last, isKnown(first, first + 1, data) { first += 1 }
    return first == end ? start : first
  }

  /// The element of a field that begins at `start`, up to eight bytes of an array of bytes, or the
  /// gap up to the next field; cut off at `end`.
  private static func piece(
    at start: Int, of end: Int, _ fields: [ConfigField]
  ) -> (count: Int, isBytes: Bool) {
    var next = end
    for field in fields {
      if field.offset > start { next = min(next, field.offset) }
      guard start >= field.offset, start < field.offset + field.byteCount, field.width > 0
      else { continue }
      if field.width == 1, field.count > 1 {
        return (min(8, field.offset + field.byteCount - start, end - start), true)
      }
      let rest = field.width - (start - field.offset) % field.width
      return (min(8, rest, end - start), false)
    }
    return (min(8, next - start), fields.isEmpty)
  }

  /// The bytes as a number in the byte order of the device configuration.
  private static func number(
    _ data: RawSpan, _ start: Int, _ end: Int, _ isBigEndian: Bool
  ) -> UInt64 {
    var value: UInt64 = 0
    for offset in start..<end {
      let byte = UInt64(data.byte(at: isBigEndian ? offset : end - 1 - (offset - start)))
      value = value << 8 | byte
    }
    return value
  }
}
