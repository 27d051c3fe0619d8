/// The connections of a socket device, from the packets in its rings.
///
/// Spec: 5.10.6, Device Operation.
public struct DeviceSockets: Sendable {
  public internal(set) var table = SocketTable()
  /// Packets that were taken of tx, and of rx.
  public internal(set) var sent: UInt64 = 0
  public internal(set) var received: UInt64 = 0

  /// A packet before its session takes it: nobody knows what it comes to but the connection.
  mutating func take(_ packet: SocketPacket, isSent: Bool) {
    _ = table.take(packet)
    if isSent { sent &+= 1 } else { received &+= 1 }
  }
}

extension Session {
  /// Numbers of rx and tx. Spec: 5.10.2.
  private static var rx: Int32 { 0 }
  private static var tx: Int32 { 1 }

  /// What the rings of a socket device told; nil while they told nothing.
  public var sockets: DeviceSockets? { socketStates.first }

  /// Whether every packet before the one at hand is known, in the order in which they were sent:
  /// both rings were recorded from their start, no packet in them is without its header, and nothing of
  /// it was found only later.
  ///
  /// - Parameter step: `requestMade` of tx, or `requestAnswered` of rx.
  public func knowsSockets(before step: Transaction) -> Bool {
    guard isWhole, !step.traits.contains(.fromSnapshot), let receive = ring(Self.rx),
      let transmit = ring(Self.tx), receive.isComplete, transmit.isComplete,
      !receive.sawUsedSnapshot, !transmit.driverIsSampled
    else { return false }
    let isSent = step.kind == .requestMade
    let known = sockets ?? DeviceSockets()
    return transmit.totals.available == known.sent &+ (isSent ? 1 : 0)
      && receive.totals.used == known.received &+ (isSent ? 0 : 1)
  }

  /// Takes a request or an answer.
  mutating func applyRequest(_ step: Transaction) {
    guard let payload = told.payload else { return }
    let isSent = payload.content == .socketTransmit && step.kind == .requestMade
    guard isSent || payload.content == .socketReceive && step.kind == .requestAnswered,
      let packet = SocketPacket(payload, at: step.reference)
    else { return }
    if socketStates.isEmpty { socketStates.append(DeviceSockets()) }
    socketStates[0].take(packet, isSent: isSent)
  }
}
