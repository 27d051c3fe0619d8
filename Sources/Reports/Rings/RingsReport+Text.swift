import Model

extension RingsReport {
  /// The report for a person.
  public func text(_ style: Style) -> String {
    var lines: [String] = []
    for device in devices {
      // A machine that runs now has no sessions.
      let session = record == nil ? "" : ", session \(device.session)"
      lines.append(style.bold("\(device.id) \(device.name)") + session)
      for queue in device.queues { lines += Self.lines(queue, style) }
    }
    if devices.isEmpty { lines.append("no queue is set up") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one queue; `slots` of its ring stand on one line.
  public static func lines(_ queue: Queue, _ style: Style, slots: Int = 64) -> [String] {
    let snapshot = queue.snapshot
    let layout = snapshot.layout
    var lines = [
      "  queue \(queue.index): \(layout.isPacked ? "packed" : "split"), size \(layout.size), "
        + (layout.isBigEndian ? "big-endian, " : "")
        + "descriptors \(hexadecimal(layout.descriptors)), driver "
        + "\(hexadecimal(layout.driverArea)), device \(hexadecimal(layout.deviceArea))"
    ]
    for fault in snapshot.faults { lines.append("    " + style.red("fault: \(fault)")) }
    lines += undecidable(snapshot)
    guard snapshot.isReadable else { return lines }
    let age = queue.oldestAge.map { "; oldest pending for \(duration($0))" } ?? ""
    lines.append("    " + state(snapshot) + age)
    lines += picture(snapshot, slots: max(slots, 1)).map { "    " + $0 }
    for chain in snapshot.pending.prefix(Self.chainLimit) { lines += text(chain, style) }
    let hidden = snapshot.pending.count - Self.chainLimit
    if hidden > 0 { lines.append("    … \(hidden) more pending chains; --format json has all") }
    for dump in queue.dumps { lines += hexLines(dump) }
    return lines
  }

  private static func undecidable(_ snapshot: QueueSnapshot) -> [String] {
    guard let doubt = snapshot.doubt else { return [] }
    let shown = snapshot.undecidable.prefix(chainLimit)
    var lines = shown.map { "    undecidable (\(RingText.reason(doubt))): \($0)" }
    let hidden = snapshot.undecidable.count - shown.count
    if hidden > 0 { lines.append("    … \(hidden) more undecidable; --format json has all") }
    return lines
  }

  /// Chains that the text shows of a queue.
  private static var chainLimit: Int { 8 }

  private static func state(_ snapshot: QueueSnapshot) -> String {
    func index(_ value: UInt32, _ wrap: Bool?) -> String {
      "\(value)" + (wrap.map { " (wrap \($0 ? 1 : 0))" } ?? "")
    }
    func word(_ value: Bool?) -> String { value.map { $0 ? "due" : "not due" } ?? "unknown" }
    var text = "avail \(index(snapshot.availableIndex, snapshot.availableWrap))"
    text += ", used \(index(snapshot.usedIndex, snapshot.usedWrap))"
    text += "; free \(snapshot.free), available \(snapshot.available)"
    text += ", in flight \(snapshot.inFlight.map { "\($0)" } ?? "unknown")"
    text += "; kick \(word(snapshot.kickDue)), interrupt \(word(snapshot.interruptDue))"
    if !snapshot.isCertain { text += "; pending chains inferred, not certain" }
    if !snapshot.isStable { text += "; changed while it was read" }
    if snapshot.layout.mayBeTranslated { text += "; an IOMMU may translate the addresses" }
    return text
  }

  /// The slots of the available or packed ring, so many to a line: `#` pending, `.` not; behind a line
  /// stand the indexes that point into it.
  private static func picture(_ snapshot: QueueSnapshot, slots: Int) -> [String] {
    let size = Int(snapshot.layout.size)
    var marks = [Character](repeating: ".", count: size)
    for chain in snapshot.pending {
      let span = snapshot.layout.isPacked ? max(Int(chain.ringCount), 1) : 1
      for step in 0..<min(span, size) { marks[(Int(chain.slot) + step) % size] = "#" }
    }
    let available = Int(snapshot.availableIndex) % size
    let used = Int(snapshot.usedIndex) % size
    return stride(from: 0, to: size, by: slots).map { start in
      let end = min(start + slots, size)
      var line = String(repeating: " ", count: max(0, 5 - "\(start)".count)) + "\(start) "
      line += String(marks[start..<end])
      if start..<end ~= used { line += "  used→\(used)" }
      if start..<end ~= available { line += "  avail→\(available)" }
      return line
    }
  }

  private static func text(_ chain: QueueSnapshot.Chain, _ style: Style) -> [String] {
    var lines = ["    slot \(chain.slot), head \(chain.head), id \(chain.id):"]
    for buffer in chain.buffers.prefix(16) {
      let direction = buffer.isWritable ? "device writes" : "device reads "
      let table = buffer.table == nil ? "" : " (indirect)"
      let border = buffer.crossedPage.map { ", crosses \(hexadecimal($0))" } ?? ""
      lines.append(
        "      \(direction) \(buffer.length) at \(hexadecimal(buffer.address))\(table)\(border)")
    }
    if chain.buffers.count > 16 { lines.append("      … \(chain.buffers.count - 16) more buffers") }
    for fault in chain.faults { lines.append("      " + style.red("fault: \(fault)")) }
    return lines
  }

  private static func hexLines(_ dump: Dump) -> [String] {
    stride(from: 0, to: dump.bytes.count, by: 16).map { start in
      let row = dump.bytes[start..<min(start + 16, dump.bytes.count)]
      let pairs = row.map { String(hexadecimal($0, digits: 2).dropFirst(2)) }
      let shown = row.map { 0x20...0x7e ~= $0 ? Character(Unicode.Scalar($0)) : "." }
      let address = hexadecimal(dump.address &+ UInt64(start), digits: 12)
      let gap = String(repeating: " ", count: (16 - row.count) * 3)
      return "      \(address)  \(pairs.joined(separator: " "))\(gap)  \(String(shown))"
    }
  }
}
