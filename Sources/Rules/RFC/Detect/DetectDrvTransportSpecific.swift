import Model
import VirtioSpec

/// Proposal: a driver tells legacy from modern by the means of its transport.
///
/// Three forms of a driver that does not: it accepts VERSION_1 through a legacy interface, it drives
/// a device through one structure and goes on through the other in the same life, or it uses the
/// registers that only the other version of MMIO has.
///
/// Traps: a device may have both interfaces, and which one is used is settled anew with each reset;
/// a read through the other structure may be a driver that looks around.
struct DetectDrvTransportSpecific: Rule {
  static let id = "rfc.detect.drv-transport-specific"
  static let coveredBy = [
    "feature.accept-subset-of-offered", "feature.validate-offered",
    "core.init.features-read-before-write", "mmio.access.known-offsets",
  ]
  var tally = Tally()
  private var hasMixed = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if let found = judgeVersion1(step, session) { return found }
    switch session.profile.transport {
    case .pci: return judgeStructure(step, session)
    case .mmio: return judgeRegister(step, session)
    case .ccw: return .silent
    }
  }

  /// VERSION_1 written where the transport says legacy.
  private func judgeVersion1(_ step: Transaction, _ session: Session) -> Judgement? {
    guard step.kind == .writeDriverFeatures, step.interface == .legacy, step.index == 1,
      step.hasValue, step.isAccepted, step.value & step.mask & 1 == 1
    else { return nil }
    guard session.isCertainlyLegacy || session.interface == .none else {
      return .undecidable(.startsMidLife)
    }
    // A device that offers it there is at fault itself, and the driver has to accept it.
    guard !session.offeredLegacy.contains(32) else { return nil }
    return .broken(
      "driver accepts \(session.featureName(32)) through the legacy interface",
      Evidence(session.interfaceEvidence, "the legacy interface is in use"))
  }

  /// The other structure of a PCI device, in a life that goes through the first.
  private mutating func judgeStructure(_ step: Transaction, _ session: Session) -> Judgement {
    guard step.interface != .none, session.interface != .none, session.hasLife,
      !step.isStatusReset
    else { return .silent }
    guard step.interface != session.interface else {
      return step.kind == .writeDriverFeatures ? .held : .silent
    }
    guard step.isWriteOfDriver || hasMixed else { return .silent }
    hasMixed = true
    return .broken(
      Breach(
        message: step.interface == .legacy
          ? (session.acceptedVersion1
            ? "driver accepted \(session.featureName(32)) and goes on through the legacy interface"
            : "driver goes on through the legacy interface of a device that it drives as modern")
          : "driver goes on through the modern interface of a device that it drives as legacy",
        evidence: [
          Evidence(session.interfaceEvidence, "driver uses the \(session.interface) interface"),
          Evidence(session.featureWrites[1], "driver writes word 1 of its features"),
        ],
        help: "use one interface from the reset on; what was set up through one is not valid "
          + "through the other"))
  }

  /// A register of MMIO that the version at hand does not have.
  private func judgeRegister(_ step: Transaction, _ session: Session) -> Judgement {
    let isLegacyRegister: Bool
    switch step.kind {
    case .writeQueuePFN, .writeGuestPageSize, .writeQueueAlign: isLegacyRegister = true
    case .writeQueueEnable, .writeQueueAddress: isLegacyRegister = false
    case .writeRegister where [0x28, 0x3c, 0x40].contains(step.index): isLegacyRegister = true
    case .writeRegister where Self.modernRegisters.contains(step.index): isLegacyRegister = false
    default: return .silent
    }
    let version = session.profile.mmioVersion
    guard version == 1 || version == 2 else { return .silent }
    guard isLegacyRegister != (version == 1) else { return .held }
    return .broken(
      "driver writes a register of the \(isLegacyRegister ? "legacy" : "modern") interface of a "
        + "device of version \(version)")
  }

  /// QueueReady and the three addresses in halves.
  private static let modernRegisters: Set<UInt32> = [0x44, 0x80, 0x84, 0x90, 0x94, 0xa0, 0xa4]
}

extension Transaction {
  /// The driver writes to the device, or kicks it.
  var isWriteOfDriver: Bool {
    switch kind {
    case .writeStatus, .writeDriverFeatures, .selectDeviceFeatures, .selectDriverFeatures,
      .selectQueue, .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN,
      .writeQueueReset, .writeQueueVector, .writeConfigVector, .writeConfig, .writeRegister, .kick:
      true
    default: false
    }
  }
}
