import Wire

/// One end of a connection: a context id and a port.
public struct SocketAddress: Sendable, BitwiseCopyable, Hashable, CustomStringConvertible {
  public var cid: UInt64
  public var port: UInt32

  public init(cid: UInt64, port: UInt32) {
    self.cid = cid
    self.port = port
  }

  public var description: String { "\(cid):\(port)" }
}

/// What a packet between two sockets does.
///
/// Spec: 5.10.6, Device Operation (Socket Device).
public struct SocketOperation: Sendable, BitwiseCopyable, Hashable, CustomStringConvertible {
  public var rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static var request: Self { Self(rawValue: 1) }
  public static var response: Self { Self(rawValue: 2) }
  public static var reset: Self { Self(rawValue: 3) }
  public static var shutdown: Self { Self(rawValue: 4) }
  public static var data: Self { Self(rawValue: 5) }
  public static var creditUpdate: Self { Self(rawValue: 6) }
  public static var creditRequest: Self { Self(rawValue: 7) }

  private static let names = [
    "INVALID", "REQUEST", "RESPONSE", "RST", "SHUTDOWN", "RW", "CREDIT_UPDATE", "CREDIT_REQUEST",
  ]

  /// Its name in the specification, without the prefix.
  public var description: String {
    Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "op \(rawValue)"
  }
}

/// A packet of a socket device, as monitoring or the device's rings showed it.
public struct SocketPacket: Sendable, BitwiseCopyable {
  public var reference: RecordReference
  public var source: SocketAddress
  public var destination: SocketAddress
  /// What the monitor says of it, which it says of every transport.
  public var event: UInt16
  /// The carrier, by the monitor's number.
  public var transport: UInt16
  /// Virtio's own header was captured: what follows is known.
  public var hasHeader = false
  /// The header names other addresses than the monitor.
  public var contradicts = false
  public var operation = SocketOperation(rawValue: 0)
  public var type: UInt16 = 0
  public var length: UInt32 = 0
  public var flags: UInt32 = 0
  public var bufferSpace: UInt32 = 0
  public var forwardedCount: UInt32 = 0
  /// Bytes of payload that were captured.
  public var payloadCount: UInt32 = 0

  /// Reads the captured bytes of a packet; nil when they are fewer than the monitor's header.
  public init?(_ bytes: RawSpan, at reference: RecordReference) {
    guard let packet = SocketMonitorPacket(bytes) else { return nil }
    self.reference = reference
    source = SocketAddress(cid: packet.sourceCID, port: packet.sourcePort)
    destination = SocketAddress(cid: packet.destinationCID, port: packet.destinationPort)
    event = packet.operation
    transport = packet.transport
    payloadCount = UInt32(clamping: packet.payloadCount)
    guard let header = packet.virtioHeader else { return }
    contradicts =
      SocketAddress(cid: header.sourceCID, port: header.sourcePort) != source
      || SocketAddress(cid: header.destinationCID, port: header.destinationPort) != destination
    take(header)
  }

  /// Reads the header of a packet in a chain of a socket device; nil when it is not whole.
  public init?(_ payload: ToldPayload, at reference: RecordReference) {
    let bytes: [UInt8]
    switch payload.content {
    case .socketReceive: bytes = payload.answer.known()
    case .socketTransmit: bytes = payload.request.known()
    default: return nil
    }
    self.reference = reference
    source = SocketAddress(cid: 0, port: 0)
    destination = source
    event = 0
    transport = SocketMonitorPacket.virtioTransport
    guard takeHeader(of: bytes) else { return nil }
  }

  /// Takes all of a header; false where it is not whole.
  private mutating func takeHeader(of bytes: [UInt8]) -> Bool {
    guard let header = SocketHeader(bytes.rawBytes) else { return false }
    source = SocketAddress(cid: header.sourceCID, port: header.sourcePort)
    destination = SocketAddress(cid: header.destinationCID, port: header.destinationPort)
    take(header)
    return true
  }

  private mutating func take(_ header: SocketHeader) {
    hasHeader = true
    operation = SocketOperation(rawValue: header.operation)
    type = header.type
    length = header.length
    flags = header.flags
    bufferSpace = header.bufferSpace
    forwardedCount = header.forwardedCount
  }

  /// The name of the socket type.
  public var typeName: String {
    switch type {
    case 1: "stream"
    case 2: "seqpacket"
    default: "type \(type)"
    }
  }

  /// What the monitor says happened.
  public var eventName: String {
    let names = ["unknown", "connect", "disconnect", "control", "payload"]
    return names.indices.contains(Int(event)) ? names[Int(event)] : "event \(event)"
  }
}
