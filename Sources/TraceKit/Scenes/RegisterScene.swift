public import Model
internal import Wire

/// A recording made by hand: register accesses of a guest, one a microsecond.
///
/// The scenes of the transports stand on it. Nothing that a driver or device may do is forbidden.
public struct RegisterScene: Sendable {
  public private(set) var accesses: [Access] = []
  private var payload: [UInt8] = []
  private var time: Int64 = 1_000_000

  public init() {}

  /// Gives the whole recording to `sink` as one batch.
  public func feed(_ sink: inout some (AccessSink & ~Copyable)) {
    sink.receive(accesses.span, payload: payload.rawBytes)
  }

  /// Lets time pass.
  public mutating func wait(milliseconds: Int64) { time &+= milliseconds &* 1_000_000 }

  public mutating func read(
    _ kind: Access.Kind, _ address: UInt64, _ value: UInt64, _ width: UInt32
  ) {
    record(kind, address, value, width, [])
  }

  public mutating func write(
    _ kind: Access.Kind, _ address: UInt64, _ value: UInt64, _ width: UInt32
  ) {
    record(kind, address, value, width, .toDevice)
  }

  /// A wired interrupt line, raised or lowered.
  public mutating func line(_ number: UInt64, isRaised: Bool) {
    record(.interrupt, number, isRaised ? 1 : 0, 1, [])
  }

  /// A message-signalled interrupt.
  public mutating func message(_ address: UInt64, _ data: UInt64) {
    record(.interrupt, address, data, 4, [], code: 1)
  }

  /// A device hint, as its JSON text.
  public mutating func hint(_ json: String) {
    append(.deviceHint, 0, 0, 0, [], code: 0, Array(json.utf8))
  }

  /// The subchannel of the only channel device is enabled or disabled.
  public mutating func subchannel(isEnabled: Bool) {
    append(.subchannelEvent, 0xfe00_0001, 0, 0, [], code: isEnabled ? 1 : 2, [])
  }

  /// A channel command that the device takes.
  public mutating func command(_ code: UInt32, _ bytes: [UInt8]) {
    append(
      .channelCommand, 0xfe00_0001, 0, UInt32(bytes.count), .bigEndianGuest,
      code: code | 0x0c << 16, bytes)
  }

  private mutating func record(
    _ kind: Access.Kind, _ address: UInt64, _ value: UInt64, _ width: UInt32,
    _ flags: Access.Flags, code: UInt32 = 0
  ) {
    append(kind, address, value, width, flags, code: code, [])
  }

  private mutating func append(
    _ kind: Access.Kind, _ address: UInt64, _ value: UInt64, _ width: UInt32,
    _ flags: Access.Flags, code: UInt32, _ bytes: [UInt8]
  ) {
    time &+= 1000
    let number = UInt64(accesses.count &+ 1)
    accesses.append(
      Access(
        kind: kind, record: number, time: time, location: number, address: address, value: value,
        width: width, code: code, flags: flags, payloadOffset: payload.count,
        payloadCount: UInt32(bytes.count)))
    payload += bytes
  }
}
