internal import Glibc
public import Model
internal import Wire

/// Writes what a live source brings as pcapng: one file, or a ring of files.
///
/// Every file begins with what is known of the devices, so that each can be read by itself.
public struct LiveRecorder: LiveSink, ~Copyable {
  /// What is written, and where.
  public struct Options: Sendable {
    public var path: String
    /// The name of the traced machine.
    public var name = "vm0"
    /// Bytes of a file; nil for no limit.
    public var maximumSize: UInt64?
    /// How many files are kept; nil for one file, whose limit ends the recording.
    public var files: Int?
    /// What a person or the machine's monitor told of devices.
    public var hints: [DeviceHint] = []

    public init(path: String) { self.path = path }
  }

  private let options: Options
  private let control: LiveControl
  private var writer: PcapngWriter?
  /// The number of the file that is being written, from 1.
  public private(set) var number = 0
  /// Bytes of the files before this one.
  private var former: UInt64 = 0
  /// Learns the devices, for the files after the first.
  private var machine: Machine?
  private var unused = StepBuffer()
  private var isBegun = false
  private var isFull = false

  /// Bytes written so far, to all files.
  public private(set) var bytes: UInt64 = 0
  private var failure: RecordingError?

  /// Makes the first file.
  public init(_ options: Options, control: LiveControl) throws(RecordingError) {
    self.options = options
    self.control = control
    if options.files != nil {
      var machine = Machine()
      for hint in options.hints { machine.take(hint) }
      self.machine = machine
    }
    try open()
  }

  /// The path of file `number` of a ring: `guest.pcapng` gives `guest-00001.pcapng`.
  static func path(_ path: String, number: Int) -> String {
    let digits = String(number)
    let suffix = "-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: "."), dot > slash else { return path + suffix }
    return path[..<dot] + suffix + path[dot...]
  }

  private mutating func open() throws(RecordingError) {
    number += 1
    isBegun = false
    var path = options.path
    if let files = options.files {
      path = Self.path(options.path, number: number)
      if number > files {
        // The path is read during the call only; a file that is gone already is no loss.
        _ = unsafe unlink(Self.path(options.path, number: number - files))
      }
    }
    writer = try PcapngWriter(path: path, interface: options.name)
  }

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices { append(batch[index], payload: payload) }
    flush()
  }

  /// Writes one access; whoever has written several calls `flush`.
  public mutating func append(_ access: Access, payload: RawSpan) {
    guard !isFull, failure == nil else { return }
    if !isBegun { begin(access) }
    writer?.append(access, payload: payload)
    machine?.receive(access, payload: payload, into: &unused)
    unused.removeAll()
    guard let limit = options.maximumSize, let size = writer?.bytes, size >= limit else { return }
    guard options.files != nil else {
      isFull = true
      return control.stop()
    }
    do throws(RecordingError) {
      try close()
      try open()
    } catch {
      fail(error)
    }
  }

  /// Writes what is known of the devices, with the time of the first access.
  private mutating func begin(_ access: Access) {
    isBegun = true
    for hint in number == 1 ? options.hints : machine?.hints ?? [] {
      writer?.write(hint, at: access.time)
    }
  }

  /// Hands what is held to the system.
  public mutating func flush() {
    writer?.flush()
    bytes = former &+ (writer?.bytes ?? 0)
    if writer?.hasFailed == true { control.stop() }
  }

  private mutating func close() throws(RecordingError) {
    guard let done = writer.take() else { return }
    let size = done.bytes
    try done.finish()
    former &+= size
    bytes = former
  }

  private mutating func fail(_ error: RecordingError) {
    failure = failure ?? error
    control.stop()
  }

  /// Ends the last file; throws when anything could not be written.
  public mutating func finish() throws(RecordingError) {
    try close()
    if let failure { throw failure }
  }
}
