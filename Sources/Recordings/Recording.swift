public import Model
internal import Wire

/// The entry to every recording: tells the format by its content and reads it.
public enum Recording {
  /// Reads the recording at `path` (`-` for standard input) into `sink`.
  ///
  /// Throws when the job cannot be done at all; damage in the recording is told in the summary.
  ///
  /// - Parameters:
  ///   - onProgress: called now and then with the bytes of the input that are done.
  ///   - onRecognized: called once, before the first access, with whether places in this input are
  ///     lines.
  public static func read(
    path: String, into sink: inout some (AccessSink & ~Copyable),
    onProgress: ((UInt64) -> Void)? = nil, onRecognized: ((Bool) -> Void)? = nil
  ) throws(RecordingError) -> InputSummary {
    var source = try ByteSource(path: path)
    source.onProgress = onProgress
    return try read(&source, into: &sink, onRecognized: onRecognized)
  }

  /// Reads the recording that `source` holds into `sink`.
  public static func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    onRecognized: ((Bool) -> Void)? = nil
  ) throws(RecordingError) -> InputSummary {
    var summary = InputSummary(path: source.path)
    let format = try recognize(&source)
    onRecognized?(format == .qemuLog || format == .ftraceText)
    switch format {
    case .pcapng:
      var reader = PcapngReader()
      try reader.read(&source, into: &sink, summary: &summary)
    case .pcap where source.isLive:
      var reader = PcapStreamReader()
      try reader.read(&source, into: &sink, summary: &summary)
    case .pcap:
      var reader = PcapReader()
      try reader.read(&source, into: &sink, summary: &summary)
    case .traceDat:
      let file = try source.mapped()
      var reader = TraceDatReader()
      reader.onProgress = source.onProgress
      reader.read(file.bytes, into: &sink, summary: &summary)
    case .qemuLog:
      var reader = QEMULogReader()
      try reader.read(&source, into: &sink, summary: &summary)
    case .ftraceText:
      var reader = FtraceTextReader()
      try reader.read(&source, into: &sink, summary: &summary)
    }
    source.describe(in: &summary)
    return summary
  }

  private enum Format {
    case pcapng, pcap, traceDat, qemuLog, ftraceText
  }

  /// A text format may begin with much that is none of its own; this much is looked at.
  private static var headLimit: Int { 64 << 10 }

  /// Tells the format; asks for more bytes only while no format is recognized.
  private static func recognize(_ source: inout ByteSource) throws(RecordingError) -> Format {
    while true {
      if let format = recognize(source.bytes) { return format }
      let isEnough = source.bytes.byteCount >= headLimit
      guard !isEnough, source.refill(consumed: 0) == .grew else { break }
    }
    guard source.bytes.byteCount > 0 else { throw RecordingError(.empty, path: source.path) }
    let head = source.bytes.extracting(first: min(16, source.bytes.byteCount)).array
    throw RecordingError(.unknownFormat(head: head), path: source.path)
  }

  private static func recognize(_ window: RawSpan) -> Format? {
    let head = window.extracting(first: min(headLimit, window.byteCount))
    if PcapngReader.recognizes(head) { return .pcapng }
    if PcapReader.recognizes(head) { return .pcap }
    if TraceDatReader.recognizes(head) { return .traceDat }
    if QEMULogReader.recognizes(head) { return .qemuLog }
    if FtraceTextReader.recognizes(head) { return .ftraceText }
    return nil
  }
}
