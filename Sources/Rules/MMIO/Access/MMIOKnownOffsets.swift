import Model
import VirtioSpec

/// A driver of virtio-mmio accesses only what the register map and the device's configuration hold.
///
/// Traps: the two versions have different maps; a register or field that neither map has may be one
/// of a later version of the specification, which the recording cannot tell; a tool that dumps
/// everything is no driver (`RegisterSweep`).
///
/// Spec: 4.2.2.2
struct MMIOKnownOffsets: Rule {
  static let id = "mmio.access.known-offsets"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readRegister, .writeRegister: judgeRegister(step, session)
    case .readConfig, .writeConfig: judgeConfig(step, session)
    case .writeStatus: session.profile.mmioVersion > 0 ? .held : .silent
    default: .silent
    }
  }

  private func judgeRegister(_ step: Transaction, _ session: Session) -> Judgement {
    let version = session.profile.mmioVersion
    guard version == 1 || version == 2 else { return .silent }
    guard MMIORegisterFacts(step.index, version: version) == nil else { return .held }
    guard let other = MMIORegisterFacts(step.index, version: 3 - version) else {
      return .undecidable(.newerSpecification)
    }
    let verb = step.kind == .readRegister ? "reads" : "writes"
    return .broken(
      "driver \(verb) \(other.name) (offset \(hex(step.index, digits: 2))), which a device of version "
        + "\(version) does not have",
      Evidence(session.interfaceEvidence, "device tells version \(version)"))
  }

  /// Behind the structure may stand fields of a later version.
  private func judgeConfig(_ step: Transaction, _ session: Session) -> Judgement {
    guard let type = session.profile.type, type.isSpecified else { return .silent }
    let end = UInt64(step.index) + UInt64(step.width)
    return end <= UInt64(type.configSize) ? .held : .undecidable(.newerSpecification)
  }
}
