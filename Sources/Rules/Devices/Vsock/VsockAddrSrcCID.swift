import Model
import VirtioSpec

/// A driver sends as guest_cid.
///
/// Trap: after a transport reset the device may have given another one, which the driver must read anew:
/// where the field was not read since an event could come, the old one counts no more.
///
/// Spec: 5.10.6.4.1
struct VsockAddrSrcCID: VsockPacketRule {
  static let id = "vsock.addr.src-cid"
  static let isOfDriver = true
  private static let field = ConfigSpan(.vsock, "guest_cid")
  /// The event virtqueue. Spec: 5.10.2.
  private static let eventQueue: Int32 = 2
  var tally = Tally()

  func judge(_ packet: SocketPacket, _ step: Transaction, in session: Session) -> Judgement {
    guard let cid = session.lastRead(Self.field) else { return .undecidable(.payloadNotCaptured) }
    guard packet.source.cid != cid else { return .held }
    // Without its ring nobody knows whether an event told of another CID.
    guard let events = session.ring(Self.eventQueue), events.isComplete else {
      return .undecidable(.noRingMemory)
    }
    guard events.totals.used == 0 else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "driver sends \(packet.operation) from CID \(packet.source.cid) while guest_cid is \(cid)")
  }
}
