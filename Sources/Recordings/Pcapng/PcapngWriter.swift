internal import Glibc
public import Model
internal import Wire

/// Writes accesses as the vtrace encapsulation: one section, one interface, a packet an access.
///
/// What only a device's own log can tell (kinds from 128 on) is written as notes that the reader
/// turns back. A failure to write is kept and thrown by `finish`.
public struct PcapngWriter: AccessSink, ~Copyable {
  private var output: OutputFile
  private var buffer: [UInt8] = []
  private var scratch: [UInt8] = []
  private var context = HostContext()
  private var isClosed = false
  private let name: String
  /// The second interface, of packets between sockets, is described.
  private var hasSockets = false
  /// Packets written so far.
  public private(set) var packets: UInt64 = 0
  /// Bytes of the file that went out; what is held comes on top.
  private var flushed: UInt64 = 0
  /// Bytes of the file so far.
  var bytes: UInt64 { flushed &+ UInt64(buffer.count) }
  /// Whether something could not be written, which `finish` throws.
  var hasFailed: Bool { output.hasFailed }

  private static var bufferSize: Int { 256 << 10 }

  /// Begins a file at `path`, `-` for standard output; one that is there is replaced.
  ///
  /// - Parameters:
  ///   - interface: the name of the traced machine.
  ///   - comment: a remark for the file as a whole, such as what it was converted from.
  public init(
    path: String, interface: String = "vm0", comment: String? = nil
  ) throws(RecordingError) {
    output = try OutputFile(path: path)
    name = interface
    buffer.reserveCapacity(Self.bufferSize + 4096)
    PcapngBlockWriter.sectionHeader(application: "vtrace", comment: comment, into: &buffer)
    PcapngBlockWriter.interface(
      name: interface, description: PcapngInterface.mark, into: &buffer)
  }

  /// Writes one access; whoever has written several calls `flush`.
  mutating func append(_ access: Access, payload: RawSpan) {
    write(access, payload)
    if buffer.count >= Self.bufferSize { flush() }
  }

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices { append(batch[index], payload: payload) }
    // Whoever reads the output from a pipe sees each batch when it is there.
    flush()
  }

  /// Writes what somebody knows of a device.
  public mutating func write(_ hint: DeviceHint, at time: Int64) {
    let text = Array(hint.json.utf8)
    let count = UInt32(truncatingIfNeeded: text.count)
    let access = Access(
      kind: .deviceHint, record: 0, time: time, location: 0, width: count, payloadCount: count)
    append(access, payload: text.rawBytes)
  }

  /// Writes what is held and closes the file.
  public consuming func finish() throws(RecordingError) {
    flush()
    try output.finish()
  }

  /// Hands what is held to the system.
  mutating func flush() {
    output.write(buffer)
    flushed &+= UInt64(buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func write(_ access: Access, _ payload: RawSpan) {
    if access.kind == .socketPacket { return writeSocketPacket(access, payload) }
    if access.kind.rawValue >= 128 { return writeHost(access, payload) }
    var header = access
    if access.kind.rawValue <= Access.Kind.mmio.rawValue {
      let needed = HostContext(access)
      if needed != context {
        context = needed
        writeNote(needed.line.utf8, at: access)
      }
      header.code = 0
    }
    let start = access.payloadOffset
    let (end, overflow) = start.addingReportingOverflow(Int(access.payloadCount))
    if access.payloadCount > 0, !overflow, start >= 0, end <= payload.byteCount {
      PcapngBlockWriter.packet(header, data: payload.extracting(start..<end), into: &buffer)
      packets &+= 1
    } else {
      scratch.removeAll(keepingCapacity: true)
      Self.appendValue(of: access, to: &scratch)
      PcapngBlockWriter.packet(header, bytes: scratch, into: &buffer)
      packets &+= 1
    }
  }

  /// Packets between sockets go out as they came in, on an interface of their own.
  private mutating func writeSocketPacket(_ access: Access, _ payload: RawSpan) {
    let start = access.payloadOffset
    let (end, overflow) = start.addingReportingOverflow(Int(access.payloadCount))
    guard !overflow, start >= 0, end <= payload.byteCount else { return }
    if !hasSockets {
      hasSockets = true
      PcapngBlockWriter.interface(
        .vsock, name: name, description: "vsock monitoring", into: &buffer)
    }
    PcapngBlockWriter.packet(
      payload.extracting(start..<end), of: 1, time: access.time, length: access.width,
      into: &buffer)
    packets &+= 1
  }

  private mutating func writeHost(_ access: Access, _ payload: RawSpan) {
    let start = access.payloadOffset
    let (end, overflow) = start.addingReportingOverflow(Int(access.payloadCount))
    let isInside = access.payloadCount > 0 && !overflow && start >= 0 && end <= payload.byteCount
    var line: [UInt8] = []
    QEMUEvent.append(
      access, payload: isInside ? payload.extracting(start..<end) : payload.extracting(first: 0),
      to: &line)
    if !line.isEmpty { writeNote(line, at: access) }
  }

  private mutating func writeNote(_ line: some Sequence<UInt8>, at access: Access) {
    scratch = HostNote.prefix
    scratch.append(contentsOf: line)
    let note = Access(
      kind: .note, record: 0, time: access.time, location: 0,
      width: UInt32(truncatingIfNeeded: scratch.count), cpu: access.cpu)
    PcapngBlockWriter.packet(note, bytes: scratch, into: &buffer)
    packets &+= 1
  }

  /// The data of an access that has it in its value.
  ///
  /// Only registers, interrupts and memory have: the data of a command may rightly be empty.
  private static func appendValue(of access: Access, to data: inout [UInt8]) {
    guard access.hasData else { return }
    var count = Int(min(access.width, 8))
    switch access.kind {
    case .pciConfiguration, .portIO, .mmio:
      // Width 0: the recording did not show it, but there is a value.
      if access.width == 0 { count = access.value >> 32 == 0 ? 4 : 8 }
    case .interrupt, .memory:
      break
    default:
      return
    }
    for index in 0..<count {
      data.append(UInt8(truncatingIfNeeded: access.value >> UInt64(index * 8)))
    }
  }
}
