internal import Model
internal import Wire

/// Brings the pages of all CPUs into the order of time while they come.
///
/// What is read in one look is handed on with the next one: by then every event that happened before
/// the first look began is there, whatever CPU it was on, so that the order is right and what is held
/// back stays as small as two looks.
struct LiveMerge {
  private let contents: TraceDatContents
  private(set) var decoder: EventDecoder
  private var cpus: [LivePages]
  private var queue = MergeQueue()

  init(_ contents: TraceDatContents, cpus: [UInt16], pageSize: Int) {
    self.contents = contents
    decoder = EventDecoder(contents, threads: [])
    self.cpus = cpus.map { LivePages(cpu: $0, pageSize: pageSize) }
  }

  /// Whether pages or events wait.
  var isEmpty: Bool { cpus.allSatisfy { $0.count == 0 && !$0.stream.hasEvent } }

  /// Takes a page of the CPU at `place` of the list.
  mutating func take(_ page: [UInt8], of place: Int) { cpus[place].append(page) }

  /// Hands on every event up to `time`.
  mutating func release(
    upTo time: UInt64, into sink: inout some (AccessSink & ~Copyable), summary: inout InputSummary
  ) {
    let bound = MergeKey(time: time, stream: .max)
    queue = MergeQueue()
    for place in cpus.indices where look(place, into: &sink, summary: &summary) {
      let key = MergeKey(time: cpus[place].stream.time, stream: place)
      if key.precedes(bound) { queue.insert(key) }
    }
    while let first = queue.first {
      let place = first.stream
      let second = queue.second
      switch step(place, before: second.precedes(bound) ? second : bound) {
      case .batchFull: decoder.flush(into: &sink)
      case .turn:
        let key = MergeKey(time: cpus[place].stream.time, stream: place)
        if key.precedes(bound) { queue.replaceFirst(key) } else { queue.removeFirst() }
      case .endOfPage: if !advance(place, &summary) { queue.removeFirst() }
      case .damaged:
        abandonPage(place, &summary)
        if !advance(place, &summary) { queue.removeFirst() }
      }
    }
    decoder.flush(into: &sink)
  }

  /// Hands on the rest: no more pages will come.
  mutating func finish(
    into sink: inout some (AccessSink & ~Copyable), summary: inout InputSummary
  ) {
    release(upTo: .max, into: &sink, summary: &summary)
    decoder.finish()
    decoder.flush(into: &sink)
  }

  /// Finds the next event of a CPU; false when there is none.
  private mutating func look(
    _ place: Int, into sink: inout some (AccessSink & ~Copyable), summary: inout InputSummary
  ) -> Bool {
    while !cpus[place].stream.hasEvent {
      switch step(place, before: MergeKey(time: 0, stream: -1)) {
      case .turn: return true
      case .batchFull: decoder.flush(into: &sink)
      case .endOfPage: if !advance(place, &summary) { return false }
      case .damaged:
        abandonPage(place, &summary)
        if !advance(place, &summary) { return false }
      }
    }
    return true
  }

  private mutating func step(_ place: Int, before limit: MergeKey) -> EventDecoder.Stop {
    let page = cpus[place].current
    return decoder.run(
      &cpus[place].stream, index: place, data: page.rawBytes.extracting(cpus[place].data),
      before: limit)
  }

  private mutating func advance(_ place: Int, _ summary: inout InputSummary) -> Bool {
    cpus[place].advance(contents) { summary.note($0, at: 0) }
  }

  private mutating func abandonPage(_ place: Int, _ summary: inout InputSummary) {
    summary.note(
      "CPU \(cpus[place].stream.cpu): expected an event, found what cannot be one; the rest of its "
        + "page is passed over", at: 0)
    cpus[place].stream.abandonPage()
  }
}
