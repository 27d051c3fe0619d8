internal import Glibc
public import Model
internal import Wire

/// The bytes of one input as a window that moves from front to back.
///
/// A regular file is mapped; a pipe, a terminal, a growing file of `/proc` and compressed data
/// (gzip, zstd, at most one inside the other) are read into a buffer. A reader need not know which:
///
///     var consumed = 0
///     repeat {
///       consumed = 0
///       // take whole records from source.bytes, the first byte of which is at source.windowOffset
///     } while source.refill(consumed: consumed) == .grew
///     // what is left in source.bytes is the incomplete rest
///
/// Memory stays bounded: a window of a stream never grows beyond 16 MiB and a little.
public struct ByteSource: ~Copyable {
  /// What `refill` did.
  public enum Refill: Sendable {
    /// There are more bytes behind the window than before.
    case grew
    /// Nothing more will come; the window holds the rest.
    case ended
    /// The window is at its limit and nothing was consumed: the record is larger than any format
    /// allows. Consume something.
    case full
  }

  /// The path as given; `-` is standard input.
  public let path: String
  /// Called with the number of bytes of the input (as given, before decompression) that are done,
  /// once for each refill.
  public var onProgress: ((UInt64) -> Void)?
  /// Who may end the reading before its end.
  public var control: LiveControl?
  /// The bytes come as they are made, so that waiting for the last of them is no way to read them.
  private(set) var isLive = false
  /// `gz` or `zst` for each layer of compression that was taken off, outermost first.
  public private(set) var compression: [String] = []

  private var file: MappedFile?
  private var fileStart = 0
  private var fileEnd = 0
  private var stream: StreamBuffer?
  /// Who fills `stream`; kept apart because it outlives a stream that was spooled.
  private var producer: (any ByteProducer)?
  private var fileSize = 0

  /// A window of a mapped file grows by this much at a time, so that progress can be told.
  private static var step: Int { 4 << 20 }

  /// Opens `path`, takes compression off, and fills the first window.
  ///
  /// Throws when there is no such file, it may not be read, or it is a directory. An empty input
  /// is no error here: its window is empty.
  public init(path: String) throws(RecordingError) {
    self.path = path
    let descriptor = try Descriptor(path: path)
    let status = try descriptor.status(path: path)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw RecordingError(.isDirectory, path: path)
    }
    // Files of /proc and tracefs say that they are empty, and are not. A standard input that
    // was read in part already is not the whole file.
    let isWholeFile =
      status.st_mode & S_IFMT == S_IFREG && status.st_size > 0
      && lseek(descriptor.number, 0, SEEK_CUR) == 0
    if isWholeFile {
      let mapped = try MappedFile(
        descriptor: descriptor.number, size: status.st_size, path: path)
      if !Compression.isCompressed(mapped) {
        fileSize = mapped.byteCount
        fileEnd = min(Self.step, fileSize)
        file = consume mapped
        return
      }
    }
    try startStream(DescriptorProducer(descriptor))
  }

  /// Bytes in memory, delivered at most `piece` at a time as from a pipe.
  public init(
    bytes: [UInt8], path: String = "memory", piece: Int = .max
  ) throws(RecordingError) {
    self.path = path
    try startStream(ArrayProducer(bytes, piece: piece))
  }

  /// What `producer` delivers while it is made.
  init(live producer: any ByteProducer, path: String) throws(RecordingError) {
    self.path = path
    isLive = true
    try startStream(producer)
  }

  private mutating func startStream(_ raw: any ByteProducer) throws(RecordingError) {
    let (producer, compression) = try Compression.takeOff(raw, path: path)
    self.producer = producer
    self.compression = compression
    stream = StreamBuffer(producer)
    // Enough to tell a binary format; more is asked for only when needed, because a pipe may
    // deliver slowly.
    while bytes.byteCount < 16, refill(consumed: 0) == .grew {}
  }

  /// The bytes at hand: everything from `windowOffset` on that was read and not consumed.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      switch file {
      case .some(let whole):
        // The file stays in `self`, which is borrowed for as long as the span lives.
        return unsafe _overrideLifetime(
          whole.bytes.extracting(fileStart..<fileEnd), borrowing: self)
      case .none:
        break
      }
      switch stream {
      case .some(let buffer):
        // The buffer changes only under `mutating`, which the borrow excludes.
        return unsafe _overrideLifetime(buffer.bytes, borrowing: self)
      case .none:
        return RawSpan()
      }
    }
  }

  /// Offset of the first byte of the window, in the bytes after decompression.
  public var windowOffset: UInt64 {
    switch stream {
    case .some(let buffer): buffer.offset
    case .none: UInt64(fileStart)
    }
  }

  /// Bytes of the input as given that were read so far: before decompression.
  public var inputBytes: UInt64 {
    producer?.inputBytes ?? UInt64(fileEnd)
  }

  /// Drops the first `consumed` bytes of the window and appends more bytes to it.
  public mutating func refill(consumed: Int) -> Refill {
    onProgress?(inputBytes)
    guard control?.isStopped != true else { return .ended }
    guard file != nil else { return stream?.refill(consumed: consumed) ?? .ended }
    fileStart = min(fileStart + max(consumed, 0), fileEnd)
    guard fileEnd < fileSize else { return .ended }
    // A record longer than a step makes the window longer; it costs no memory here.
    fileEnd = min(fileEnd + Self.step, fileSize)
    return .grew
  }

  /// Notes in `summary` what the source alone knows: size, and damage to the compressed data.
  public func describe(in summary: inout InputSummary) {
    summary.bytes = inputBytes
    if !compression.isEmpty, !summary.placesAreLines {
      summary.remarks.append(
        "compressed (\(compression.joined(separator: ", "))): offsets are into what was compressed")
    }
    guard let damage = producer?.damage else { return }
    summary.note(damage.text, at: damage.place)
    if damage.isTruncation { summary.truncated = true }
  }

  /// What is wrong with the compressed data, as far as it was read, and where; nil when nothing.
  var compressionDamage: String? {
    producer?.damage.map { "\($0.text), at offset \($0.place)" }
  }

  /// Hands over everything as a mapped file, for a format that needs to jump about; a stream is
  /// spooled to a temporary file that has no name. The source is empty afterwards.
  ///
  /// To be called before anything was consumed.
  public mutating func mapped() throws(RecordingError) -> MappedFile {
    if let whole = file.take() {
      fileEnd = fileSize
      return whole
    }
    guard var rest = stream.take() else { return MappedFile() }
    var spool = try SpoolFile(path: path)
    var filled = ByteSource.Refill.grew
    while filled == .grew {
      try spool.append(rest.bytes)
      try refuseBomb(spooled: spool.byteCount)
      onProgress?(inputBytes)
      let written = rest.bytes.byteCount
      filled = rest.refill(consumed: written)
    }
    return try spool.mapped()
  }

  /// What compresses better than any recording fills the disk for nothing.
  private func refuseBomb(spooled: Int) throws(RecordingError) {
    guard !compression.isEmpty, spooled > 1 << 30, UInt64(spooled) / 2000 > inputBytes else {
      return
    }
    throw RecordingError(
      .unsupported("holds more than 2000 times its size when decompressed"), path: path)
  }
}
