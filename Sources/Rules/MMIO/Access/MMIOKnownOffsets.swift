import Model
import VirtioSpec

/// A driver of virtio-mmio accesses only what the register map and the device's configuration hold.
///
/// Traps: the two versions have different maps; a register or field that neither map has may be one
/// of a later version of the specification, unless an older one was asked for; a tool that dumps
/// everything is no driver (`RegisterSweep`).
///
/// Spec: 4.2.2.2
struct MMIOKnownOffsets: Rule {
  static let id = "mmio.access.known-offsets"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readRegister, .writeRegister: judgeRegister(step.index, step, session)
    case .readQueueReset, .writeQueueReset: judgeRegister(0xc0, step, session)
    case .readConfig, .writeConfig: judgeConfig(step, session)
    case .writeStatus: session.profile.mmioVersion > 0 ? .held : .silent
    default: .silent
    }
  }

  private func judgeRegister(
    _ offset: UInt32, _ step: Transaction, _ session: Session
  ) -> Judgement {
    let version = session.profile.mmioVersion
    let spec = session.profile.spec
    guard version == 1 || version == 2 else { return .silent }
    guard MMIORegisterFacts(offset, version: version, in: spec) == nil else { return .held }
    let verb = step.isReadOfDriver ? "reads" : "writes"
    let place = "offset \(hex(offset, digits: 2))"
    if let other = MMIORegisterFacts(offset, version: 3 - version, in: spec) {
      return .broken(
        "driver \(verb) \(other.name) (\(place)), which a device of version \(version) does not have",
        Evidence(session.interfaceEvidence, "device tells version \(version)"))
    }
    guard !session.mayFollowNewer else { return .undecidable(.newerSpecification) }
    let later = MMIORegisterFacts(offset, version: version).map { "\($0.name) (\(place))" }
    return .broken("driver \(verb) \(later ?? place), which virtio \(spec) does not have")
  }

  /// Behind the structure may stand fields of a later version.
  private func judgeConfig(_ step: Transaction, _ session: Session) -> Judgement {
    let spec = session.profile.spec
    guard let type = session.profile.type, type.isSpecified(in: spec) else { return .silent }
    let end = UInt64(step.index) + UInt64(step.width)
    guard end > UInt64(type.configSize(in: spec)) else { return .held }
    guard !session.mayFollowNewer else { return .undecidable(.newerSpecification) }
    return .broken(
      "driver \(step.verb) device configuration at offset \(hex(step.index, digits: 2)), behind what "
        + "virtio \(spec) gives the \(type.name) device")
  }
}
