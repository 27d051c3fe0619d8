import Model

/// A statement about the header of a packet that the driver sends, or the device delivers.
///
/// Of a packet that is merged from several buffers the first alone has a header.
protocol NetHeaderRule: Rule {
  static var isSent: Bool { get }
  /// What is wrong with it: the words behind `driver sends a packet` or `device delivers a packet`; nil
  /// where nothing is.
  static func fault(_ header: NetPacketHeader, _ session: Session) -> String?
}

extension NetHeaderRule {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.isRequestStep, let payload = session.told.payload,
      let header = Self.isSent ? payload.netHeaderSent : payload.netHeaderReceived
    else { return .silent }
    guard let fault = Self.fault(header, session) else { return .held }
    let deed = Self.isSent ? "driver sends" : "device delivers"
    return .broken("\(deed) a packet in queue \(step.queue) \(fault)")
  }
}

/// One kind of segmentation needs one of some features.
protocol NetSegmentationRule: NetHeaderRule {
  static var kind: UInt8 { get }
  static var name: String { get }
  static var bits: [Int] { get }
}

extension NetSegmentationRule {
  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.segmentation == kind, bits.allSatisfy({ session.hasNotNegotiated($0) }) else {
      return nil
    }
    return "with gso_type \(name), and without \(session.featureNames(bits, joined: " and "))"
  }
}

/// No segmentation at all without one of some features.
protocol NetNoSegmentationRule: NetHeaderRule {
  static var bits: [Int] { get }
}

extension NetNoSegmentationRule {
  static func fault(_ header: NetPacketHeader, _ session: Session) -> String? {
    guard header.gsoType != 0, bits.allSatisfy({ session.hasNotNegotiated($0) }) else { return nil }
    return "with gso_type \(hex(header.gsoType)), and without a feature that allows one"
  }
}
