import Model
import VirtioSpec

/// A rule about a device configuration that holds where features are there.
protocol ConfigRule: Rule {
  /// One of these has to be offered; empty where the rule holds anyway.
  static var offered: [Int] { get }
  /// All of these have to be negotiated.
  static var negotiated: [Int] { get }
  /// Whether the rule holds in `session`, as far as that shows.
  static func applies(to session: Session) -> Knowledge
}

extension ConfigRule {
  static var offered: [Int] { [] }
  static var negotiated: [Int] { [] }
  /// What a device shows, it shows whatever came before.
  static var needsWholeLife: Bool { false }

  static func applies(to session: Session) -> Knowledge {
    guard negotiated.allSatisfy({ session.hasNegotiated($0) }) else { return .no }
    return session.offersOne(of: offered)
  }

  /// What shows that the rule applies.
  static func featureEvidence(_ session: Session) -> [Evidence] {
    if let bit = offered.first(where: { session.offered.contains($0) }) {
      return [session.offerEvidence(bit)]
    }
    guard let bit = negotiated.first else { return [] }
    let word = bit / 32
    return [
      Evidence(
        word < 4 ? session.featureWrites[word] : .none,
        "driver accepts \(session.featureName(bit))")
    ]
  }
}

extension Session {
  /// The feature is among those that both sides agreed to, as far as this session shows.
  func hasNegotiated(_ bit: Int) -> Bool {
    guard accepted.contains(bit) else { return false }
    return isLegacy || hasAgreedFeatures
  }

  /// The driver left the feature out of the set that both sides agreed to.
  func hasNotNegotiated(_ bit: Int) -> Bool {
    if isLegacy { return bit >= 32 || accepted.knows(bit) && !accepted.contains(bit) }
    guard hasAgreedFeatures else { return false }
    return !accepted.contains(bit) && (accepted.knows(bit) || startKnown)
  }

  /// FEATURES_OK was written, the device is not known to have refused it, and what the driver wrote
  /// last is what both agreed to.
  private var hasAgreedFeatures: Bool {
    writtenStatus.contains(.featuresOK)
      && (!marks.featuresOKRefused.isSet || marks.featuresOKConfirmed)
      && !(marks.lastFeatureWrite > marks.featuresOK)
  }

  /// Whether one of these features is offered; yes for an empty list.
  func offersOne(of bits: [Int]) -> Knowledge {
    guard !bits.isEmpty else { return .yes }
    var isKnown = true
    for bit in bits where !(isLegacy && bit >= 32) {
      if offered.contains(bit) { return .yes }
      if !offered.knows(bit) { isKnown = false }
    }
    return isKnown ? .no : .unknown
  }
}
