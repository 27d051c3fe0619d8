internal import Glibc
public import Model

/// A recording that is read while it is made.
///
/// One thread reads it; any other may ask `control` how far that is, or make it end. What comes out is
/// the same as of a finished recording: accesses in batches, and a summary at the end.
///
/// Vouched for as `@unchecked Sendable`: all but `control`, which is `Sendable`, is for the thread that
/// reads.
public final class LiveRecording: @unchecked Sendable {
  public let source: LiveSource
  public let control = LiveControl()
  /// Called by the thread that reads, with the bytes of the source that are done: before it waits, and
  /// about ten times a second while it waits.
  public var onProgress: ((UInt64) -> Void)?
  private var input: Input?
  private var clock: (() -> Int64?)?

  private enum Input {
    case file
    case pipe(LiveProducer)
    case kvm(KVMSession)
    case pcap(PcapSession)
  }

  /// Opens the source; throws when the job cannot be done, before anything is shown or written.
  public init(_ source: LiveSource, options: LiveOptions = LiveOptions()) throws(RecordingError) {
    self.source = source
    switch source {
    case .file(let path, let follows): input = try Self.open(path, follows: follows, control)
    case .kvm:
      let session = try KVMSession(options)
      input = .kvm(session)
      clock = session.clock
    case .pcap(let interface, let filter):
      input = .pcap(
        try PcapSession(interface: interface, filter: filter, name: source.name))
    case .sysfs:
      throw RecordingError(
        .unsupported("tells what state devices are in, and nothing that passes; it is for `live`"),
        path: "sysfs")
    }
  }

  /// The time on the source's clock, in nanoseconds; nil where only its records tell it. For the thread
  /// that reads.
  public var now: Int64? { clock?() }

  /// Opens `path`: a regular file that is not followed is read as it is.
  private static func open(
    _ path: String, follows: Bool, _ control: LiveControl
  ) throws(RecordingError) -> Input {
    let descriptor = try Descriptor(polling: path)
    let kind = try descriptor.status(path: path).st_mode & S_IFMT
    guard kind != S_IFDIR else { throw RecordingError(.isDirectory, path: path) }
    if kind == S_IFREG, !follows, path != "-" { return .file }
    return .pipe(
      LiveProducer(descriptor, follows: follows && kind == S_IFREG, control: control))
  }

  /// Reads until the source ends, or somebody calls `control.stop()`. Once.
  ///
  /// - Parameter onRecognized: called before the first access, with whether places are lines.
  public func read(
    into sink: inout some (LiveSink & ~Copyable), onRecognized: ((Bool) -> Void)? = nil
  ) throws(RecordingError) -> InputSummary {
    var counting = CountingSink(base: sink, control: control)
    let result = Result { () throws(RecordingError) in
      try read(counting: &counting, onRecognized)
    }
    sink = counting.finish()
    control.isCaughtUp = true
    return try result.get()
  }

  private func read(
    counting sink: inout CountingSink<some LiveSink & ~Copyable>, _ onRecognized: ((Bool) -> Void)?
  ) throws(RecordingError) -> InputSummary {
    let opened = input
    input = nil
    switch opened {
    case .file:
      var bytes = try ByteSource(path: source.name)
      bytes.control = control
      bytes.onProgress = onProgress
      return try Recording.read(&bytes, into: &sink, onRecognized: onRecognized)
    case .pipe(let producer): return try read(producer, into: &sink, onRecognized)
    case .kvm(let session):
      onRecognized?(false)
      return try session.read(into: &sink, control: control, onProgress: onProgress)
    case .pcap(let session):
      onRecognized?(false)
      return try session.read(into: &sink, control: control, onProgress: onProgress)
    case nil: throw RecordingError(.unsupported("is read already"), path: source.name)
    }
  }

  private func read(
    _ producer: LiveProducer, into sink: inout CountingSink<some LiveSink & ~Copyable>,
    _ onRecognized: ((Bool) -> Void)?
  ) throws(RecordingError) -> InputSummary {
    producer.onProgress = onProgress
    var bytes = try ByteSource(live: producer, path: source.name)
    bytes.control = control
    do throws(RecordingError) {
      return try Recording.read(&bytes, into: &sink, onRecognized: onRecognized)
    } catch {
      // Whoever stopped before anything came did not ask for a recording.
      guard control.isStopped, error.reason == .empty else { throw error }
      return InputSummary(path: source.name)
    }
  }
}
