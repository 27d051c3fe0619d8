internal import Wire

extension TraceDatHead {
  /// Takes in one option that means the same in both versions.
  mutating func takeOption(_ id: UInt16, _ data: RawSpan) {
    switch id {
    case TraceDatOption.date: contents.clock.addOffset(data.untilZero, unit: 1000)
    case TraceDatOption.offset: contents.clock.addOffset(data.untilZero, unit: 1)
    case TraceDatOption.traceClock:
      contents.hasClockText = true
      contents.clock.readName(data.untilZero)
    case TraceDatOption.uname: contents.remarks.append("recorded on \(data.untilZero)")
    case TraceDatOption.version: contents.remarks.append("trace-cmd \(data.untilZero)")
    case TraceDatOption.cpuStatistics: takeStatistics(data)
    case TraceDatOption.cpuCount where data.byteCount >= 4:
      contents.cpuCount = Int(data.integer(UInt32.self, at: 0, bigEndian: isBig))
    case TraceDatOption.tscToNanoseconds where data.byteCount >= 16:
      contents.clock.multiplier = UInt64(data.integer(UInt32.self, at: 0, bigEndian: isBig))
      // A shift of 64 or more leaves nothing; C leaves it open.
      contents.clock.shift = UInt64(data.integer(UInt32.self, at: 4, bigEndian: isBig) & 63)
    case TraceDatOption.timeShift:
      contents.remarks.append(
        "the file holds corrections towards a host's clock; they are not applied")
    default: break
    }
  }

  /// What the kernel counted on one CPU: remarked on when it counted lost events.
  private mutating func takeStatistics(_ data: RawSpan) {
    let text = data.text
    var found: [String] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let name = parts.first, let value = parts.last,
        ["overrun", "commit overrun", "dropped events"].contains(name),
        let count = UInt64(value.filter(\.isNumber)), count > 0
      else { continue }
      found.append("\(name) \(count)")
    }
    guard !found.isEmpty, let cpu = text.split(separator: "\n").first else { return }
    contents.remarks.append("the kernel's count on \(cpu): \(found.joined(separator: ", "))")
  }
}

extension RawSpan {
  /// The text up to the first zero byte, on one line.
  fileprivate var untilZero: String {
    var length = 0
    while length < byteCount, byte(at: length) != 0 { length += 1 }
    return extracting(first: length).shortText
  }
}
