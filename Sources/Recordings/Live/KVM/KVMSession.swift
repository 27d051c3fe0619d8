internal import Glibc
internal import Model
internal import Wire

/// KVM's events of one virtual machine, or of all, read from the kernel as they happen.
///
/// Tracepoints alone are switched on, in a tracing instance of its own, with a clock of its own.
/// Source: Linux, Documentation/trace/ftrace and ring-buffer-design.
final class KVMSession {
  private let instance: TraceInstance
  private let options: LiveOptions
  private let contents: TraceDatContents
  private var pipes: [TracePipe] = []
  private var threads: Set<Int32> = []
  private let pageSize: Int
  private var round: UInt64 = 0

  /// How often, in looks, the list of threads is read again, and whether the process still runs.
  private static var checkInterval: UInt64 { 10 }

  init(_ options: LiveOptions) throws(RecordingError) {
    self.options = options
    if let process = options.process, !VirtualMachine.isRunning(process) {
      throw RecordingError(.unsupported("there is no process \(process)"), path: "kvm")
    }
    let system = try TraceFS(root: options.traceRoot)
    let instance = try TraceInstance(in: system)
    self.instance = instance
    var clock = TraceClock()
    // Ordered across CPUs, and the one that user space can read.
    if instance.set("trace_clock", "mono") {
      clock.name = "mono"
      clock.offset = UInt64(bitPattern: Self.now(CLOCK_REALTIME) &- Self.now(CLOCK_MONOTONIC))
    }
    contents = try Self.contents(system, clock)
    pageSize = Self.pageSize(of: instance)
    guard instance.set("buffer_size_kb", "\(options.bufferSize)") else {
      throw system.problem("give the buffers \(options.bufferSize) KiB for each CPU")
    }
    if let process = options.process {
      // Threads that the process starts are then followed by the kernel itself.
      instance.set("options/event-fork", "1")
      guard follow(process, VirtualMachine.helpers(of: process)) else {
        throw system.problem("choose the events of process \(process)")
      }
    }
    for cpu in instance.cpus {
      pipes.append(try TracePipe(instance, cpu: cpu, pageSize: pageSize, system))
    }
    try instance.enable()
  }

  deinit {
    // The kernel keeps an instance of which files are open.
    pipes = []
    instance.remove()
  }

  /// How events lie in pages, by the kernel's own word.
  private static func contents(
    _ system: TraceFS, _ clock: TraceClock
  ) throws(RecordingError) -> TraceDatContents {
    let events = system.root + "/events"
    guard let head = SystemFile.read(events + "/header_page") else {
      throw system.problem("read \(events)/header_page")
    }
    guard let page = RingPageLayout(head.rawBytes) else {
      throw RecordingError(
        .unsupported("describes its pages in a way that is not known"), path: events)
    }
    let event = SystemFile.read(events + "/header_event").flatMap { RingEventLayout($0.rawBytes) }
    var table = EventTable()
    for name in TraceInstance.events {
      guard let format = SystemFile.read("\(events)/kvm/\(name)/format") else { continue }
      if let problem = table.add(format.rawBytes, system: "kvm") {
        throw RecordingError(.unsupported(problem), path: events)
      }
    }
    return TraceDatContents(
      page: page, event: event ?? RingEventLayout(), table: table, clock: clock)
  }

  /// Bytes of a page of the buffers: sub-buffers where the kernel lets choose, else its own pages.
  private static func pageSize(of instance: TraceInstance) -> Int {
    let told = SystemFile.text(instance.path + "/buffer_subbuf_size_kb").flatMap { UInt64($0) }
    let size = told.map { $0 &* 1024 } ?? UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 0))
    return RingPageLayout.isPageSize(size) ? Int(size) : 4096
  }

  static func now(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // `clock_gettime` fills the structure during the call only.
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Lets events of the process's threads in that were not let in yet; false when that is refused.
  private func follow(_ process: Int32, _ helpers: [Int32] = []) -> Bool {
    for thread in VirtualMachine.threads(of: process) + helpers where !threads.contains(thread) {
      guard instance.set("set_event_pid", "\(thread)\n", appends: true) else { return false }
      threads.insert(thread)
    }
    return !threads.isEmpty
  }

  // MARK: Reading

  /// Reads until somebody stops it, or the process ends.
  func read(
    into sink: inout some (LiveSink & ~Copyable), control: LiveControl,
    onProgress: ((UInt64) -> Void)?
  ) throws(RecordingError) -> InputSummary {
    var summary = InputSummary(path: "kvm", format: "kvm")
    var merge = LiveMerge(contents, cpus: pipes.map(\.cpu), pageSize: pageSize)
    var isOver = false
    // Everything that happened before the look before this one began is there.
    var before: UInt64 = 0
    while !isOver {
      isOver = control.isStopped || hasEnded
      if isOver { instance.disable() }
      let start = wallClock
      let drained = drain(&merge, control)
      let limit = min(before, drained.complete)
      merge.release(upTo: limit, into: &sink, summary: &summary)
      if drained.isAll { sink.settle(upTo: Int64(clamping: limit)) }
      before = contents.clock.name.isEmpty ? .max : start
      guard !isOver, drained.isAll else { continue }
      control.isCaughtUp = merge.isEmpty
      onProgress?(control.bytes)
      _ = control.wait(for: -1, milliseconds: options.interval)
      control.isCaughtUp = false
    }
    while !drain(&merge, control).isAll {}
    merge.finish(into: &sink, summary: &summary)
    describe(merge.decoder, control, in: &summary)
    return summary
  }

  /// The clock of the events, which outlives the session; it tells nothing where user space cannot read
  /// it.
  var clock: () -> Int64? {
    guard !contents.clock.name.isEmpty else { return { nil } }
    let offset = contents.clock.offset
    return { Int64(bitPattern: UInt64(bitPattern: Self.now(CLOCK_MONOTONIC)) &+ offset) }
  }

  private var wallClock: UInt64 {
    UInt64(bitPattern: Self.now(CLOCK_MONOTONIC)) &+ contents.clock.offset
  }

  /// What a look brought.
  private struct Drained {
    /// All that was there was read.
    var isAll = true
    /// The time up to which that is so for every CPU.
    var complete = UInt64.max
  }

  /// Reads what is there, up to a limit for each CPU.
  private func drain(_ merge: inout LiveMerge, _ control: LiveControl) -> Drained {
    var drained = Drained()
    for place in pipes.indices {
      var last: [UInt8] = []
      let isAll = pipes[place].drain { page in
        control.bytes &+= UInt64(page.count)
        last = page
        merge.take(page, of: place)
      }
      guard !isAll else { continue }
      drained.isAll = false
      let head = RingPage(last.rawBytes, layout: contents.page, bigEndian: false)
      let time = contents.clock.nanoseconds(head?.timestamp ?? 0)
      drained.complete = min(drained.complete, time)
    }
    return drained
  }

  /// Whether the process of the machine is gone; on the way its new threads are let in.
  private var hasEnded: Bool {
    round &+= 1
    guard let process = options.process, round % Self.checkInterval == 0 else { return false }
    _ = follow(process)
    return !VirtualMachine.isRunning(process)
  }

  private func describe(
    _ decoder: EventDecoder, _ control: LiveControl, in summary: inout InputSummary
  ) {
    decoder.describeEvents(in: &summary)
    summary.bytes = control.bytes
    let lost = pipes.reduce(UInt64(0)) { $0 &+ instance.lostEvents(of: $1.cpu) }
    if lost > summary.lost {
      summary.lost = lost
      control.lost = lost
    }
    summary.remarks.append("live, \(pipes.count) \(pipes.count == 1 ? "CPU" : "CPUs")")
    decoder.describeThreads([:], in: &summary)
  }
}
