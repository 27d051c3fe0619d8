public import Model
internal import Wire

/// Reads what `trace-cmd record` writes: a `trace.dat` file of version 6 or 7, plain or compressed.
///
/// Records are numbered as `trace-cmd report` prints them: all events of all CPUs and buffers, by
/// time. Of the KVM events that tell of a guest's devices come accesses, put together by
/// `KVMEventAssembler`; every other event is counted by its kind. An access stands at the offset of
/// its event in the file, or of the compressed chunk that holds the event.
///
/// Several machines in one recording have threads of their own: see `threads`. What an interrupt
/// controller does shows more than once: `kvm_set_irq` is printed for each chip that a line reaches.
///
/// Source: trace-cmd.dat.v6(5) and trace-cmd.dat.v7(5); Linux, `Documentation/trace`.
public struct TraceDatReader {
  /// Only events of these host threads become accesses; empty means all of them.
  public var threads: [Int32]
  /// Called now and then with the bytes of events that are done.
  public var onProgress: ((UInt64) -> Void)?

  public init(threads: [Int32] = []) {
    self.threads = threads
  }

  /// Whether a file that begins with `head` is a `trace.dat`.
  public static func recognizes(_ head: RawSpan) -> Bool {
    head.starts(with: TraceDatHeader.magic)
  }

  /// Reads the whole `file` into `sink`, and says in `summary` what it was.
  ///
  /// Damage is noted in `summary`; whatever can be read in spite of it is read.
  public mutating func read<S: AccessSink & ~Copyable>(
    _ file: RawSpan, into sink: inout S, summary: inout InputSummary
  ) {
    summary.format = "trace.dat"
    summary.bytes = UInt64(file.byteCount)
    let contents: TraceDatContents
    do {
      var head = TraceDatHead(
        contents: TraceDatContents(header: try TraceDatHeader(file)), summary: summary)
      head.read(file)
      contents = head.contents
      summary = head.summary
    } catch {
      summary.note("\(error)", at: UInt64(max(error.offset, 0)))
      if case .truncated = error.reason { summary.truncated = true }
      return
    }
    var decoder = EventDecoder(contents, threads: threads)
    var merge = TraceDatMerge(contents, file, summary: &summary)
    merge.run(
      file, decoder: &decoder, sink: &sink, summary: &summary, onProgress: onProgress)
    decoder.finish()
    decoder.flush(into: &sink)
    decoder.describe(contents, in: &summary)
  }
}
