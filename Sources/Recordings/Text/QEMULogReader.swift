public import Model
internal import Wire

/// Reads QEMU's trace log: what the log back end prints, with or without time stamps.
///
/// - An access to a named region becomes port I/O or MMIO by the region's name; before the first one
///   to a region stands a `hostRegion` with its name, and `code` of each access is the number of
///   its region (from 1, 0 for none).
/// - A configuration access, which the log tells twice, becomes one: see `ConfigurationTwins`.
///   Width 0 means that the log does not show the width.
/// - Lines that repeat another line are counted as such; other events are counted by name.
/// - A write to x86's message window that is a message becomes an interrupt.
/// - `cpu` of everything is the low 16 bits of the thread that printed the line, because only that
///   ties what the device did to the access that caused it; `notFromGuestCPU` is set where the log
///   says `cpu -1`.
/// - A read is printed after the device answered, a write before the device acts: what the device
///   does because of an access stands after a write and before a read. A wide access stands as
///   the pieces that the device implements.
/// - Time is 0 where lines have none.
public struct QEMULogReader: LineConsumer {
  var batch = TextBatch()
  private var twins = ConfigurationTwins()
  private var regions = NameTable(limit: 4096)
  private var tally = EventTally()
  private var record: UInt64 = 0
  private var repeated: (count: UInt64, first: UInt64) = (0, 0)
  private var noise: (count: UInt64, first: UInt64) = (0, 0)
  private var damaged: (count: UInt64, first: UInt64) = (0, 0)

  public init() {}

  /// Whether an input that begins with `head` is such a log: one of its lines is an event with
  /// thread and time, or one of those that this tool knows.
  public static func recognizes(_ head: RawSpan) -> Bool {
    let head = head.extracting(first: min(head.byteCount, textHeadLimit))
    var start = 0
    while start < head.byteCount {
      let end = head.firstIndex(of: 0x0a, from: start) ?? head.byteCount
      let line = head.extracting(start..<end)
      if let parts = QEMULine(line), parts.time != nil || QEMUEvent(line: line) != nil {
        return true
      }
      start = end + 1
    }
    return false
  }

  /// Reads the whole of `source`.
  public mutating func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) throws(RecordingError) {
    summary.format = "qemu-log"
    summary.placesAreLines = true
    readLines(&source, into: &sink, summary: &summary)
    twins.finish { batch.append($0) }
    batch.flush(into: &sink)
    report(to: &summary)
  }

  func isWhole(_ line: RawSpan) -> Bool {
    // Of all lines only that of a region's access has a last byte that cannot stand elsewhere.
    guard line.byteCount > 0, line.byte(at: line.byteCount - 1) == UInt8(ascii: "'"),
      let event = QEMUEvent(line: line)
    else { return false }
    return event.role == .region && !event.payload.isEmpty
  }

  mutating func take(_ line: RawSpan, number: UInt64, summary: inout InputSummary) {
    guard let head = QEMULine(line) else {
      if line.byteCount > 0 { Self.count(&noise, number) }
      return
    }
    record &+= 1
    if let time = head.time {
      if summary.firstTime == nil { summary.firstTime = time }
      summary.lastTime = time
    }
    switch QEMUEvent.parse(line, head) {
    case .event(var event):
      event.access.record = record
      event.access.location = number
      take(event, line, &summary)
    case .damaged(let name):
      Self.count(&damaged, record)
      summary.note("\(line.extracting(name).text): its text is not as QEMU prints it", at: number)
    case .other(let name): tally.count(name, in: line, record: record)
    case .noise: break
    }
  }

  private mutating func take(
    _ event: QEMUEvent, _ line: RawSpan, _ summary: inout InputSummary
  ) {
    switch event.role {
    case .duplicate: Self.count(&repeated, record)
    case .configuration:
      summary.evidence.formUnion([.access, .topology])
      takeHalf(event.access, .function)
    case .region:
      summary.evidence.insert(.access)
      takeRegion(event, line, &summary)
    case .access:
      summary.evidence.formUnion(event.access.kind.evidence)
      twins.release(before: event.access.cpu) { batch.append($0) }
      takeHost(event, line)
    }
  }

  private mutating func takeHalf(_ access: Access, _ half: ConfigurationTwins.Half) {
    if twins.take(access, half, emit: { batch.append($0) }) { Self.count(&repeated, record) }
  }

  private mutating func takeRegion(
    _ event: QEMUEvent, _ line: RawSpan, _ summary: inout InputSummary
  ) {
    var access = event.access
    if line.has("pci", at: event.payload.lowerBound) {
      if line.equals("pci-conf-data", in: event.payload) {
        return takeHalf(access, .dataPort)
      }
      if line.equals("pcie-mmcfg-mmio", in: event.payload) { return takeHalf(access, .ecam) }
      if line.equals("pci-conf-idx", in: event.payload), twins.select(access) {
        twins.release(before: access.cpu) { batch.append($0) }
        return Self.count(&repeated, record)
      }
    }
    twins.release(before: access.cpu) { batch.append($0) }
    if access.kind != .interrupt, !event.payload.isEmpty {
      access.code = nameRegion(event, line)
      if access.isWrite, line.has("virtio-pci-notify", at: event.payload.lowerBound) {
        summary.evidence.insert(.kick)
      }
    }
    batch.append(access)
  }

  /// The number of the region that an access is to; its name goes out before its first access.
  private mutating func nameRegion(_ event: QEMUEvent, _ line: RawSpan) -> UInt32 {
    guard
      let (index, isNew) = regions.number(of: event.payload, in: line, key: event.handle)
    else { return 0 }
    let number = UInt32(truncatingIfNeeded: index + 1)
    if isNew {
      var name = event.access
      name.kind = .hostRegion
      name.value = event.handle
      name.width = 0
      name.code = number
      name.flags = []
      batch.append(name, payload: event.payload, of: line)
    }
    return number
  }

  private mutating func takeHost(_ event: QEMUEvent, _ line: RawSpan) {
    var access = event.access
    switch access.kind {
    case .hostMapping, .hostRegion: batch.append(access, payload: event.payload, of: line)
    case .memory: batch.append(access, payload: CollectionOfOne(UInt8(access.value & 0xff)))
    case .deviceHint:
      let hint = QEMUEvent.subchannelHint(access)
      access.address = 0
      access.value = 0
      access.width = UInt32(truncatingIfNeeded: hint.utf8.count)
      batch.append(access, payload: hint.utf8)
    default: batch.append(access)
    }
  }

  private static func count(_ counter: inout (count: UInt64, first: UInt64), _ place: UInt64) {
    if counter.count == 0 { counter.first = place }
    counter.count &+= 1
  }

  private func report(to summary: inout InputSummary) {
    summary.records = record
    if repeated.count > 0 {
      summary.skip("repeats another line", record: repeated.first, count: repeated.count)
    }
    if damaged.count > 0 {
      summary.skip("unreadable event", record: damaged.first, count: damaged.count)
    }
    if noise.count > 0 {
      // Counted by line: what is no event has no record number.
      summary.skip("no trace event (by line)", record: noise.first, count: noise.count)
    }
    tally.report(to: &summary)
  }
}

extension Access.Kind {
  /// What a log that holds such an access can show.
  fileprivate var evidence: EvidenceSet {
    switch self {
    case .hostKick: .kick
    case .hostInterrupt, .interrupt: .interrupt
    case .hostMapping, .deviceHint: .topology
    case .channelCommand: .access
    default: []
    }
  }
}
