public import Model
internal import Wire

/// Reads KVM's events from text: `trace-cmd report` (also `-R` and `-t`), the kernel's `trace` and
/// `trace_pipe`, and `perf script`.
///
/// The same events come out as of the binary file that the text was made from, up to what the text
/// leaves out: parts of a message (see `KVMEventText`) and, without `-t`, the last three digits of
/// the time. A line that says that events were lost becomes `lostEvents`, with the
/// number of the record that follows it. Events about anything else are counted by name.
public struct FtraceTextReader: LineConsumer {
  var batch = TextBatch()
  private var assembler = KVMEventAssembler()
  private var tally = EventTally()
  private var record: UInt64 = 0
  private var lastTime: Int64 = 0
  private var noise: (count: UInt64, first: UInt64) = (0, 0)
  private var damaged: (count: UInt64, first: UInt64) = (0, 0)
  private var unset: (count: UInt64, first: UInt64) = (0, 0)
  private var evidence: EvidenceSet = []

  public init() {}

  /// Whether an input that begins with `head` is such a text.
  public static func recognizes(_ head: RawSpan) -> Bool {
    if head.has("# tracer:", at: 0) || head.has("cpus=", at: 0) { return true }
    let head = head.extracting(first: min(head.byteCount, textHeadLimit))
    var start = 0
    while let end = head.firstIndex(of: 0x0a, from: start) {
      if FtraceLine(head.extracting(start..<end)) != nil { return true }
      start = end + 1
    }
    return false
  }

  /// Reads the whole of `source`.
  public mutating func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) throws(RecordingError) {
    summary.format = "ftrace-text"
    summary.placesAreLines = true
    readLines(&source, into: &sink, summary: &summary)
    assembler.finish { batch.append($0) }
    batch.flush(into: &sink)
    report(to: &summary)
  }

  // A number at the end of a line may have been cut without showing it.
  func isWhole(_ line: RawSpan) -> Bool { false }

  mutating func take(_ line: RawSpan, number: UInt64, summary: inout InputSummary) {
    guard let parts = FtraceLine(line) else {
      takeOther(line, number, &summary)
      return
    }
    if parts.hasSubsystem, line.has("PERF_RECORD_LOST", at: parts.name.lowerBound) {
      takeLoss(LossLine(perf: line, from: parts.body), number, &summary)
      return
    }
    record &+= 1
    if summary.firstTime == nil {
      summary.firstTime = parts.time
      if parts.hasSubsystem { summary.format = "perf-script" }
    }
    lastTime = parts.time
    summary.lastTime = parts.time
    guard let form = KVMEventText.Form(line, parts.name) else {
      tally.count(parts.name, in: line, record: record)
      return
    }
    guard let event = KVMEventText.parse(form, line, at: parts.body) else {
      if damaged.count == 0 { damaged.first = record }
      damaged.count &+= 1
      let name = line.extracting(parts.name).text
      summary.note("\(name): its text is not as the kernel prints it", at: number)
      return
    }
    if event.kind == .message, event.address | event.value == 0 {
      // KVM looks a route through when user space has not set it; no message is sent.
      if unset.count == 0 { unset.first = record }
      unset.count &+= 1
      return
    }
    show(event)
    let head = parts.head(of: line)
    let place = KVMEvent.Place(
      record: record, time: parts.time, location: number, thread: head.thread, cpu: head.cpu)
    assembler.take(event, at: place) { batch.append($0) }
  }

  /// Notes what an event proves that the recording can show.
  private mutating func show(_ event: KVMEvent) {
    switch event.kind {
    case .message, .line: evidence.insert(.interrupt)
    case .portRead, .portWrite:
      evidence.formUnion([.access, .kick])
      // The address and data ports of PCI configuration.
      if event.address & ~7 == 0xcf8 { evidence.insert(.topology) }
    default: evidence.formUnion([.access, .kick])
    }
  }

  /// Takes a line that is no event.
  private mutating func takeOther(
    _ line: RawSpan, _ number: UInt64, _ summary: inout InputSummary
  ) {
    if let loss = LossLine(line) { return takeLoss(loss, number, &summary) }
    if line.byteCount == 0 || LossLine.isHeader(line) { return }
    if noise.count == 0 { noise.first = number }
    noise.count &+= 1
  }

  private mutating func takeLoss(
    _ loss: LossLine, _ number: UInt64, _ summary: inout InputSummary
  ) {
    if loss.count == 0 { summary.lostUnknown = true }
    summary.lost &+= loss.count
    let place = KVMEvent.Place(
      record: record &+ 1, time: lastTime, location: number, thread: 0, cpu: loss.cpu)
    assembler.lose(at: place) { batch.append($0) }
    batch.append(
      Access(
        kind: .lostEvents, record: record &+ 1, time: lastTime, location: number,
        code: UInt32(clamping: loss.count), cpu: loss.cpu))
  }

  private func report(to summary: inout InputSummary) {
    summary.records = record
    summary.evidence.formUnion(evidence)
    if damaged.count > 0 {
      summary.skip("unreadable event", record: damaged.first, count: damaged.count)
    }
    if noise.count > 0 {
      // Counted by line: what is no event has no record number.
      summary.skip("no trace event (by line)", record: noise.first, count: noise.count)
    }
    if unset.count > 0 {
      summary.skip("kvm_msi_set_irq event", record: unset.first, count: unset.count)
    }
    tally.report(to: &summary)
  }
}
