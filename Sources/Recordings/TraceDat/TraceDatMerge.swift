internal import Model
internal import Wire

/// Runs through the events of all CPUs and buffers in the order of time.
struct TraceDatMerge: ~Copyable {
  private let contents: TraceDatContents
  private let method: ChunkDecompressor
  private var streams: [CPUStream] = []
  /// The decompressed chunk of each stream; apart from the streams, so that a chunk is lent out
  /// while its stream changes.
  private var chunks: [[UInt8]] = []
  private var chunkBytes = 0
  private var queue = MergeQueue()

  /// Chunks in memory at once; beyond it the one that is needed last is given up.
  private static var chunkBudget: Int { 24 << 20 }

  init(_ contents: TraceDatContents, _ file: RawSpan, summary: inout InputSummary) {
    self.contents = contents
    method = ChunkDecompressor(
      ChunkDecompressor.Method(rawValue: contents.header.compression) ?? .zlib)
    let buffers =
      contents.buffers.filter(\.name.isEmpty) + contents.buffers.filter { !$0.name.isEmpty }
    for (number, buffer) in buffers.enumerated() {
      for region in buffer.regions where region.size > 0 {
        guard let range = Self.range(of: region, buffer, in: file, summary: &summary) else {
          continue
        }
        streams.append(
          CPUStream(
            region: range, cpu: UInt16(clamping: region.cpu),
            buffer: UInt16(clamping: number), pageSize: buffer.pageSize,
            isCompressed: buffer.isCompressed))
      }
    }
    separate(summary: &summary)
    chunks = [[UInt8]](repeating: [], count: streams.count)
  }

  /// The part of the file that a region takes up, as far as it is there.
  private static func range(
    of region: TraceDatContents.Region, _ buffer: TraceDatContents.Buffer, in file: RawSpan,
    summary: inout InputSummary
  ) -> Range<Int>? {
    let (end, overflow) = region.offset.addingReportingOverflow(region.size)
    let size = UInt64(file.byteCount)
    if !overflow, end <= size {
      // What trace-cmd states as the size of compressed events leaves the number of chunks out,
      // so that only that number says where they end.
      return Int(region.offset)..<(buffer.isCompressed ? file.byteCount : Int(end))
    }
    summary.truncated = true
    summary.note(
      "expected the events of CPU \(region.cpu), \(region.size) bytes at \(region.offset), "
        + "found the end of the file", at: size)
    return region.offset < size ? Int(region.offset)..<file.byteCount : nil
  }

  /// Ends every region where the next one begins: read twice, the same bytes would make the work
  /// grow with the square of the file.
  private mutating func separate(summary: inout InputSummary) {
    let order = streams.indices.sorted { streams[$0].next < streams[$1].next }
    for (index, following) in zip(order, order.dropFirst()) {
      let limit = streams[following].next
      guard streams[index].end > limit else { continue }
      if !streams[index].isCompressed {
        summary.note(
          "the events of CPU \(streams[index].cpu) run into those of CPU "
            + "\(streams[following].cpu)", at: UInt64(limit))
      }
      streams[index].end = limit
    }
  }

  /// Reads all events into `decoder`, and hands on what it makes of them; tells the bytes done at
  /// the end of each page.
  mutating func run<S: AccessSink & ~Copyable>(
    _ file: RawSpan, decoder: inout EventDecoder, sink: inout S, summary: inout InputSummary,
    onProgress: ((UInt64) -> Void)?
  ) {
    var done = 0
    start(file, decoder: &decoder, summary: &summary)
    while let first = queue.first {
      let index = first.stream
      let limit = queue.second
      restore(index, file, summary: &summary)
      switch step(index, before: limit, file, decoder: &decoder) {
      case .batchFull: decoder.flush(into: &sink)
      case .turn: queue.replaceFirst(MergeKey(time: streams[index].time, stream: index))
      case .endOfPage:
        let before = streams[index].next
        if !advance(index, file, summary: &summary) { drop(index) }
        done &+= max(0, streams[index].next &- before)
        onProgress?(UInt64(max(0, done)))
      case .damaged:
        noteDamage(index, summary: &summary)
        if !advance(index, file, summary: &summary) { drop(index) }
      }
    }
  }

  /// Finds the first event of each stream.
  private mutating func start(
    _ file: RawSpan, decoder: inout EventDecoder, summary: inout InputSummary
  ) {
    for index in streams.indices {
      note(streams[index].open(file, bigEndian: contents.header.isBigEndian), summary: &summary)
      guard advance(index, file, summary: &summary) else { continue }
      find: while true {
        switch step(index, before: MergeKey(time: 0, stream: -1), file, decoder: &decoder) {
        case .turn:
          queue.insert(MergeKey(time: streams[index].time, stream: index))
          break find
        case .damaged: noteDamage(index, summary: &summary)
        case .endOfPage, .batchFull: break
        }
        if !advance(index, file, summary: &summary) { break find }
      }
      balance(keeping: index)
    }
  }

  private mutating func step(
    _ index: Int, before limit: MergeKey, _ file: RawSpan, decoder: inout EventDecoder
  ) -> EventDecoder.Stop {
    let start = streams[index].dataStart
    let end = streams[index].dataEnd
    guard streams[index].isCompressed else {
      return decoder.run(
        &streams[index], index: index, data: file.extracting(start..<end), before: limit)
    }
    let chunk = chunks[index]
    guard end <= chunk.count else { return .endOfPage }
    return decoder.run(
      &streams[index], index: index, data: chunk.rawBytes.extracting(start..<end),
      before: limit)
  }

  /// Goes to the stream's next page, past what is damaged; false at its end.
  private mutating func advance(
    _ index: Int, _ file: RawSpan, summary: inout InputSummary
  ) -> Bool {
    while true {
      let before = chunks[index].count
      let result = streams[index].advance(
        file, chunk: &chunks[index], method: method, head: contents)
      chunkBytes += chunks[index].count - before
      switch result {
      case .page: return true
      case .finished: return false
      case .damaged: note(result, summary: &summary)
      }
    }
  }

  private mutating func drop(_ index: Int) {
    queue.removeFirst()
    release(index)
  }

  private mutating func release(_ index: Int) {
    chunkBytes -= chunks[index].count
    chunks[index] = []
  }

  /// Gives up chunks that are needed latest while there are too many.
  private mutating func balance(keeping index: Int) {
    while chunkBytes > Self.chunkBudget {
      let others = streams.indices.filter { $0 != index && !chunks[$0].isEmpty }
      guard let last = others.max(by: { streams[$0].time < streams[$1].time }) else { return }
      release(last)
    }
  }

  /// Brings back a chunk that was given up.
  private mutating func restore(_ index: Int, _ file: RawSpan, summary: inout InputSummary) {
    guard streams[index].lacks(chunks[index]) else { return }
    _ = streams[index].restore(
      file, chunk: &chunks[index], method: method, bigEndian: contents.header.isBigEndian)
    chunkBytes += chunks[index].count
    balance(keeping: index)
  }

  private func note(_ result: CPUStream.Advance, summary: inout InputSummary) {
    guard case .damaged(let text, let place, let isTruncation) = result else { return }
    summary.note(text, at: UInt64(place))
    if isTruncation { summary.truncated = true }
  }

  private mutating func noteDamage(_ index: Int, summary: inout InputSummary) {
    summary.note(
      "expected an event, found what cannot be one; the rest of its page is passed over",
      at: UInt64(streams[index].location))
    streams[index].abandonPage()
  }
}
