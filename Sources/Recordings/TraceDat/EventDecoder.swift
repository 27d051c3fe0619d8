internal import Model
internal import Wire

/// Numbers the events of a recording in the order of time, and makes accesses of those of KVM.
///
/// The one place that is visited for every event: it holds plain arrays and no reference.
struct EventDecoder {
  let table: EventTable
  let layout: RingEventLayout
  let clock: TraceClock
  let bigEndian: Bool
  private let hasUsualLayout: Bool
  /// Only events of these threads become accesses; empty means all.
  let threads: [Int32]

  /// Events so far.
  private(set) var record: UInt64 = 0
  private(set) var firstTime: UInt64 = 0
  private(set) var lastTime: UInt64 = 0
  /// Accesses that were not yet handed on.
  private(set) var batch: [Access] = []
  private(set) var lost: UInt64 = 0
  private(set) var lostUnknown = false
  /// Events of each number that were passed over.
  private(set) var skipped: [Counter]
  /// Events that no format describes, that are shorter than their format says, and those of
  /// threads that were not asked for: how many, and the first.
  private(set) var unknown = Counter()
  private(set) var short = Counter()
  private(set) var foreign = Counter()
  private(set) var seenThreads = ThreadSet()
  private(set) var evidence: EvidenceSet = []
  private var assembler = KVMEventAssembler()

  /// Accesses are handed on when there are this many.
  private static var batchSize: Int { 512 }

  init(_ contents: TraceDatContents, threads: [Int32]) {
    table = contents.table
    layout = contents.event
    clock = contents.clock
    bigEndian = contents.header.isBigEndian
    self.threads = threads
    skipped = [Counter](repeating: Counter(), count: table.uses.count)
    hasUsualLayout = contents.event == RingEventLayout() && !bigEndian
    batch.reserveCapacity(Self.batchSize + 8)
  }

  /// Events of one kind, and the first of them.
  struct Counter {
    private(set) var count: UInt64 = 0
    private(set) var first: UInt64 = 0

    @inline(__always)
    mutating func add(_ record: UInt64) {
      if count == 0 { first = record }
      count &+= 1
    }
  }

  /// Why a run ended.
  enum Stop {
    /// Another stream has the next event.
    case turn
    case endOfPage
    case batchFull
    /// At the cursor stands what no event can be.
    case damaged
  }

  /// Takes the events of `data`, the events of a stream's page, as long as they come before
  /// `limit`.
  mutating func run(
    _ stream: inout CPUStream, index: Int, data: RawSpan, before limit: MergeKey
  ) -> Stop {
    // Copies in registers: what stays in the structures is loaded and stored for every event.
    var cursor = stream.cursor
    var hasEvent = stream.hasEvent
    var time = stream.time
    var number = record
    let origin = Origin(
      place: stream.isCompressed ? stream.chunkPlace : stream.dataStart,
      scale: stream.isCompressed ? 0 : 1, cpu: stream.cpu, buffer: stream.buffer)
    defer {
      stream.cursor = cursor
      stream.hasEvent = hasEvent
      stream.time = time
      record = number
    }
    while true {
      if !hasEvent {
        switch next(&cursor, in: data) {
        case .event: break
        case .end: return .endOfPage
        case .damaged: return .damaged
        }
        hasEvent = true
        time = clock.nanoseconds(cursor.time)
      }
      guard time < limit.time || (time == limit.time && index < limit.stream) else { return .turn }
      hasEvent = false
      number &+= 1
      if number == 1 { firstTime = time }
      lastTime = time
      if stream.lost != 0 { noteLost(&stream, before: number, time: time, origin) }
      if take(cursor, record: number, time: time, origin, data: data),
        batch.count >= Self.batchSize
      {
        return .batchFull
      }
    }
  }

  /// Where the events of a page come from.
  private struct Origin {
    /// Place of the page's data in the file, or of the chunk that holds it.
    var place: Int
    /// 1 where the offset in the page adds to the place, 0 where it does not.
    var scale: Int
    var cpu: UInt16
    var buffer: UInt16
  }

  /// Steps to the next event; the layout that all kernels have is compiled in.
  @inline(__always)
  private func next(_ cursor: inout RingEventCursor, in data: RawSpan) -> RingEventCursor.Step {
    if hasUsualLayout {
      return cursor.next(in: data, layout: RingEventLayout(), bigEndian: false)
    }
    return cursor.next(in: data, layout: layout, bigEndian: bigEndian)
  }

  /// Takes the event at the cursor; true when it may have given an access.
  @inline(__always)
  private mutating func take(
    _ cursor: RingEventCursor, record: UInt64, time: UInt64, _ origin: Origin, data: RawSpan
  ) -> Bool {
    guard cursor.dataCount >= table.commonCount, table.commonCount > 0 else {
      short.add(record)
      return false
    }
    let start = cursor.dataStart
    let type = table.type.value(in: data, at: start, bigEndian: bigEndian)
    guard type < UInt64(table.uses.count) else {
      unknown.add(record)
      return false
    }
    let id = Int(truncatingIfNeeded: type)
    let use = table.uses[id]
    guard use.rawValue > EventTable.Use.skip.rawValue else {
      skip(id, use, record)
      return false
    }
    let place = KVMEvent.Place(
      record: record, time: Int64(bitPattern: time),
      location: UInt64(origin.place &+ cursor.start &* origin.scale), thread: 0, cpu: origin.cpu,
      buffer: origin.buffer)
    decode(use, id, count: cursor.dataCount, data: data, at: start, place: place)
    return true
  }

  /// Makes an event of KVM into what it means.
  private mutating func decode(
    _ use: EventTable.Use, _ id: Int, count: Int, data: RawSpan, at start: Int,
    place: KVMEvent.Place
  ) {
    let fields = table.fields[Int(use.rawValue)]
    guard count >= fields.count else {
      short.add(place.record)
      return
    }
    let thread = Int32(
      truncatingIfNeeded: table.thread.value(in: data, at: start, bigEndian: bigEndian))
    guard threads.isEmpty || threads.contains(thread) else {
      foreign.add(place.record)
      return
    }
    var place = place
    place.thread = UInt64(UInt32(bitPattern: thread))
    let a = fields.a.value(in: data, at: start, bigEndian: bigEndian)
    let b = fields.b.value(in: data, at: start, bigEndian: bigEndian)
    let c = fields.c.value(in: data, at: start, bigEndian: bigEndian)
    let d = fields.d.value(in: data, at: start, bigEndian: bigEndian)
    switch use {
    case .mmio:
      guard let kind = Self.mmioKind(a) else {
        skip(id, use, place.record)
        return
      }
      noteGuest(thread)
      give(
        KVMEvent(kind: kind, width: UInt32(truncatingIfNeeded: b), address: c, value: d), place)
    case .fastMMIO:
      noteGuest(thread)
      give(KVMEvent(kind: .fastMMIO, address: a), place)
    case .portIO:
      noteGuest(thread)
      // The address and data ports of PCI configuration.
      if b & ~7 == 0xcf8 { evidence.insert(.topology) }
      let e = fields.e.value(in: data, at: start, bigEndian: bigEndian)
      give(
        KVMEvent(
          kind: a == 0 ? .portRead : .portWrite, width: UInt32(truncatingIfNeeded: c), address: b,
          value: e, count: UInt32(truncatingIfNeeded: d)), place)
      if fields.e.size == 0, !batch.isEmpty { batch[batch.count - 1].flags.insert(.unknownData) }
    case .message:
      // KVM prints its routes too when it looks through them; one that was never set is no message.
      guard a | b != 0 else {
        skip(id, use, place.record)
        return
      }
      evidence.insert(.interrupt)
      give(KVMEvent(kind: .message, address: a, value: b), place)
    case .line:
      evidence.insert(.interrupt)
      give(KVMEvent(kind: .line, address: a, value: b), place)
    case .unknown, .skip: break
    }
  }

  private static func mmioKind(_ type: UInt64) -> KVMEvent.Kind? {
    switch type {
    case 0: .mmioReadBegins
    case 1: .mmioRead
    case 2: .mmioWrite
    default: nil
    }
  }

  @inline(__always)
  private mutating func noteGuest(_ thread: Int32) {
    evidence.formUnion([.access, .kick])
    seenThreads.insert(thread)
  }

  @inline(__always)
  private mutating func give(_ event: KVMEvent, _ place: KVMEvent.Place) {
    assembler.take(event, at: place) { batch.append($0) }
  }

  @inline(__always)
  private mutating func skip(_ id: Int, _ use: EventTable.Use, _ record: UInt64) {
    if use == .unknown {
      unknown.add(record)
    } else {
      skipped[id].add(record)
    }
  }

  /// Emits the loss that a page tells of, before its first event.
  private mutating func noteLost(
    _ stream: inout CPUStream, before record: UInt64, time: UInt64, _ origin: Origin
  ) {
    let known = stream.lost > 0 ? UInt64(stream.lost) : 0
    stream.lost = 0
    lost = lost.addingReportingOverflow(known).partialValue
    if known == 0 { lostUnknown = true }
    let place = KVMEvent.Place(
      record: record, time: Int64(bitPattern: time), location: UInt64(origin.place), thread: 0,
      cpu: origin.cpu, buffer: origin.buffer)
    assembler.lose(at: place) { batch.append($0) }
    batch.append(
      Access(
        kind: .lostEvents, record: record, time: Int64(bitPattern: time),
        location: UInt64(origin.place), code: UInt32(clamping: known), cpu: origin.cpu))
  }

  /// Hands over the batch and begins a new one.
  mutating func flush<S: AccessSink & ~Copyable>(into sink: inout S) {
    guard !batch.isEmpty else { return }
    sink.receive(batch.span, payload: RawSpan())
    batch.removeAll(keepingCapacity: true)
  }

  /// Adds the accesses that the recording ends without completing.
  mutating func finish() {
    assembler.finish { batch.append($0) }
  }
}
