import Model

/// Where buffers are not merged, `num_buffers` is 1.
///
/// Trap: the header of a legacy device has no such field then.
///
/// Spec: 5.1.6.4.1
struct NetRxNumBuffersOne: NetHeaderRule {
  static let id = "net.rx.num-buffers-one"
  static let isSent = false
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard let count = header.numBuffers, count != 1, session.hasNotNegotiated(15) else {
      return nil
    }
    return "with num_buffers \(count), and without \(session.featureName(15))"
  }
}

/// Where buffers are merged, `num_buffers` counts them: there is one at least.
///
/// Trap: the later buffers of a packet have no header.
///
/// Spec: 5.1.6.4.1
struct NetRxNumBuffersMrg: NetHeaderRule {
  static let id = "net.rx.num-buffers-mrg"
  static let isSent = false
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.numBuffers == 0, session.hasNegotiated(15) else { return nil }
    return "with num_buffers 0"
  }
}

/// Without GUEST_CSUM the flags are 0.
///
/// Spec: 5.1.6.4.1
struct NetRxNoGuestCsumFlags: NetHeaderRule {
  static let id = "net.rx.no-guest-csum-flags"
  static let isSent = false
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.flags != 0, session.hasNotNegotiated(1) else { return nil }
    return "with flags \(hex(header.flags)), and without \(session.featureName(1))"
  }
}

/// Trap: a feature that the driver switched off by a command counts as negotiated.
///
/// Spec: 5.1.6.4.1
struct NetRxGSOTCPv4: NetSegmentationRule {
  static let id = "net.rx.gso-tcpv4"
  static let isSent = false
  static let kind: UInt8 = 1
  static let name = "VIRTIO_NET_HDR_GSO_TCPV4"
  static let bits = [7]
  var tally = Tally()
}

/// Spec: 5.1.6.4.1
struct NetRxGSOTCPv6: NetSegmentationRule {
  static let id = "net.rx.gso-tcpv6"
  static let isSent = false
  static let kind: UInt8 = 4
  static let name = "VIRTIO_NET_HDR_GSO_TCPV6"
  static let bits = [8]
  var tally = Tally()
}

/// Trap: the text calls the feature VIRTIO_NET_F_GUEST_UDP, which is GUEST_UFO.
///
/// Spec: 5.1.6.4.1
struct NetRxGSOUDP: NetSegmentationRule {
  static let id = "net.rx.gso-udp"
  static let isSent = false
  static let kind: UInt8 = 3
  static let name = "VIRTIO_NET_HDR_GSO_UDP"
  static let bits = [10]
  var tally = Tally()
}
