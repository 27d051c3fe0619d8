import Model
import VirtioSpec

/// The length of a capability covers the mandatory fields of what it maps.
///
/// Traps: the fields at the end of the common configuration exist only with their features, so the
/// features that need them are judged where they are accepted for good.
///
/// Spec: 4.1.4, 4.1.4.3, 4.1.4.5
struct CapLengthMin: Rule {
  static let id = "pci.cap.length-min"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .pciCapability else { return judgeFeatures(step, session) }
    let capability = PCICapability(step)
    guard let need = Self.need(of: capability.kind), let length = capability.length else {
      return .silent
    }
    guard length < need else { return .held }
    let old = session.layout.capabilities.first { $0.capability.position == capability.position }
    guard old?.capability.length != length else { return .silent }
    return .broken(
      "device gives the structure of the \(capability.title) \(length) bytes, and its fields take "
        + "\(need)")
  }

  private static func need(of kind: PCICapabilityType?) -> UInt64? {
    switch kind {
    case .common: UInt64(PCIConstants.commonConfigurationMinimumSize)
    case .isr: 1
    default: nil
    }
  }

  /// The features that bring fields of their own, and where those end.
  private static let ends: [(bit: Int, end: UInt64)] = [(41, 64), (40, 60), (39, 58)]

  private func judgeFeatures(_ step: Transaction, _ session: Session) -> Judgement {
    guard session.profile.transport == .pci, session.commitsFeatures(step) else { return .silent }
    // Bit 41 of a network device has another meaning to older drivers.
    let isNet = session.profile.type == .net
    let need = Self.ends.first {
      session.accepted.contains($0.bit) && !($0.bit == 41 && isNet)
        && session.standing($0.bit) != .reserved
    }
    guard let need, let entry = session.layout.first(.common), let length = entry.capability.length
    else { return .silent }
    guard length < need.end else { return .held }
    return .broken(
      "device offers \(session.featureName(need.bit)) with a common configuration of \(length) "
        + "bytes, and the fields of the feature end at \(need.end)",
      Evidence(entry.reference, "the \(entry.capability.title) has the length \(length)"))
  }
}
