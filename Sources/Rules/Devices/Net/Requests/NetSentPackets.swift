import Model

/// The header of a packet that is sent is as long as that of one that is received.
///
/// Accuses only where the bytes leave no doubt: a frame begins where it would behind a header of the
/// other length, 10 for 12 bytes or the reverse, and none does where it should.
///
/// Traps: through the legacy interface the header has 10 bytes unless buffers are merged; features may
/// make it longer.
///
/// Spec: 5.1.6.2.1; 5.1.6.3.1
struct NetTxHdrSizeSameAsRx: Rule {
  static let id = "net.tx.hdr-size-same-as-rx"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestMade, let payload = session.told.payload,
      payload.content == .netTransmit, payload.netHeader <= 12, session.knowsNetHeader
    else { return .silent }
    if NetFrame(payload.request, at: payload.netHeader) != nil { return .held }
    let other = payload.netHeader == 12 ? 10 : 12
    guard NetFrame(payload.request, at: other) != nil else { return .silent }
    return .broken(
      "driver sends a packet in queue \(step.queue) with a header of \(other) bytes, where it has"
        + " \(payload.netHeader) by what was negotiated")
  }
}

extension Session {
  /// What was accepted tells how long the header is: both features that give it 12 bytes, and those that
  /// make it longer.
  fileprivate var knowsNetHeader: Bool {
    let isKnown = [15, 32].allSatisfy { hasNegotiated($0) || hasNotNegotiated($0) }
    return isKnown && [57, 65, 67, 69, 70].allSatisfy { hasNotNegotiated($0) }
  }
}

/// `num_buffers` means nothing in a packet that is sent, and is 0.
///
/// Traps: the header of a legacy driver may have no such field; where the header has another length
/// altogether, the bytes are none of it.
///
/// Spec: 5.1.6.2.1
struct NetTxNumBuffersZero: NetHeaderRule {
  static let id = "net.tx.num-buffers-zero"
  static let coveredBy = ["net.tx.hdr-size-same-as-rx"]
  static let isSent = true
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    header.numBuffers.flatMap { $0 == 0 ? nil : "with num_buffers \($0), not 0" }
  }
}

/// Without CSUM the flags are 0.
///
/// Spec: 5.1.6.2.1
struct NetTxNoCsumFlagsZero: NetHeaderRule {
  static let id = "net.tx.no-csum-flags-zero"
  static let isSent = true
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.flags != 0, session.hasNotNegotiated(0) else { return nil }
    return "with flags \(hex(header.flags)), and without \(session.featureName(0))"
  }
}

/// The device alone sets DATA_VALID and RSC_INFO.
///
/// Spec: 5.1.6.2.1
struct NetTxNoDataValid: NetHeaderRule {
  static let id = "net.tx.no-data-valid"
  static let coveredBy = ["net.tx.no-csum-flags-zero"]
  static let isSent = true
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.flags & 0x06 != 0 else { return nil }
    let name = header.flags & 2 != 0 ? "DATA_VALID" : "RSC_INFO"
    return "with VIRTIO_NET_HDR_F_\(name) in flags \(hex(header.flags))"
  }
}

/// Spec: 5.1.6.2.1
struct NetTxGSOTCPv4: NetSegmentationRule {
  static let id = "net.tx.gso-tcpv4-needs-tso4"
  static let isSent = true
  static let kind: UInt8 = 1
  static let name = "VIRTIO_NET_HDR_GSO_TCPV4"
  static let bits = [11]
  var tally = Tally()
}

/// Spec: 5.1.6.2.1
struct NetTxGSOTCPv6: NetSegmentationRule {
  static let id = "net.tx.gso-tcpv6-needs-tso6"
  static let isSent = true
  static let kind: UInt8 = 4
  static let name = "VIRTIO_NET_HDR_GSO_TCPV6"
  static let bits = [12]
  var tally = Tally()
}

/// Spec: 5.1.6.2.1
struct NetTxGSOUDP: NetSegmentationRule {
  static let id = "net.tx.gso-udp-needs-ufo"
  static let isSent = true
  static let kind: UInt8 = 3
  static let name = "VIRTIO_NET_HDR_GSO_UDP"
  static let bits = [14]
  var tally = Tally()
}

/// Without one of the features for segmentation there is none.
///
/// Spec: 5.1.6.2.1
struct NetTxGSONone: NetNoSegmentationRule {
  static let id = "net.tx.gso-none-without-features"
  static let coveredBy = [
    "net.tx.gso-tcpv4-needs-tso4", "net.tx.gso-tcpv6-needs-tso6", "net.tx.gso-udp-needs-ufo",
  ]
  static let isSent = true
  static let bits = [11, 12, 14, 56]
  var tally = Tally()
}

/// What the device is to cut needs a checksum in each piece.
///
/// Spec: 5.1.6.2.1
struct NetTxGSONeedsCsum: NetHeaderRule {
  static let id = "net.tx.gso-needs-csum"
  static let isSent = true
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.segmentation != 0, header.flags & 1 == 0 else { return nil }
    return "with gso_type \(hex(header.gsoType)), and without VIRTIO_NET_HDR_F_NEEDS_CSUM"
  }
}

/// What the device is to cut says how long the pieces are.
///
/// Spec: 5.1.6.2.1
struct NetTxGSOSizeSet: NetHeaderRule {
  static let id = "net.tx.gso-size-set"
  static let isSent = true
  var tally = Tally()

  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.segmentation != 0, header.gsoSize == 0 else { return nil }
    return "with gso_type \(hex(header.gsoType)) and gso_size 0"
  }
}
