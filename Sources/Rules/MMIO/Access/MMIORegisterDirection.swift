import Model
import VirtioSpec

/// A rule that a driver of virtio-mmio uses a register only in the direction that the map gives it.
protocol MMIORegisterDirection: Rule {
  /// The kind of a step in the wrong direction: the model has no better name for one.
  static var wrongKind: Transaction.Kind { get }
  static var verb: String { get }
  static var access: RegisterAccess { get }
  static var adjective: String { get }
}

extension MMIORegisterDirection {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let version = session.profile.mmioVersion
    guard version == 1 || version == 2 else { return .silent }
    guard step.kind == Self.wrongKind else {
      return step.kind == .writeStatus ? .held : .silent
    }
    guard
      let register = MMIORegisterFacts(
        step.index & ~3, version: version, in: session.profile.spec),
      register.access == Self.access
    else { return .silent }
    // Firmware that clears a region of memory before any driver knows of the device.
    if Self.wrongKind == .writeRegister, step.value == 0, step.hasValue, !session.hasLife {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver \(Self.verb) \(register.name), a \(Self.adjective) register",
      Evidence(session.interfaceEvidence, "device tells version \(version)"))
  }
}
