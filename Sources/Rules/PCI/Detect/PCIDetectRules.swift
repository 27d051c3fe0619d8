import Model
import VirtioSpec

/// How a driver finds the structures of a device, and which steps each rule sees.
struct PCIDetectRules: Area {
  private var capsBeforeAccess = LookForCapsRule<DetectCapsBeforeAccess>()
  private var lookForCaps = LookForCapsRule<DetectNtDrvLookForCaps>()
  private var failGracefully = PCIDetectNtDrvFailGracefully()
  private var revisionZero = LegacyIdentityRule<LegacyPCIRevisionZero>()
  private var subsystem = LegacyIdentityRule<LegacyPCISubsystemDeviceID>()
  private var deviceID = LegacyIdentityRule<LegacyPCIDeviceID>()
  private var useBar0 = LegacyPCIDrvUseBar0()
  private var configOffset = LegacyPCIDrvConfigOffset()
  private var devConfigOffset = LegacyPCIDevConfigOffset()
  private var anyWidth = LegacyPCIDevAnyWidth()
  private var sizeFixed = LegacyPCIQueueSizeFixed()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard session.profile.transport == .pci else { return }
    switch step.kind {
    case .readStatus, .writeStatus:
      out.run(&capsBeforeAccess, step, session)
      out.run(&lookForCaps, step, session)
      out.run(&failGracefully, step, session)
      out.run(&revisionZero, step, session)
      out.run(&subsystem, step, session)
      out.run(&deviceID, step, session)
      out.run(&useBar0, step, session)
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable:
      out.run(&useBar0, step, session)
    case .readConfigVector, .readQueueVector, .writeConfigVector, .writeQueueVector:
      out.run(&configOffset, step, session)
    case .readConfig, .writeConfig:
      if step.interface == .legacy {
        out.run(&configOffset, step, session)
        out.run(&devConfigOffset, step, session)
        out.run(&anyWidth, step, session)
      }
    case .writeMSIXControl: out.run(&devConfigOffset, step, session)
    case .writeRegister: out.run(&sizeFixed, step, session)
    case .writeQueuePFN: out.run(&sizeFixed, step, session)
    default:
      // Of the rest only pieces of the legacy header tell how the driver sees it.
      if step.interface == .legacy, step.traits.contains(.wrongWidth) {
        out.run(&configOffset, step, session)
      }
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (LookForCapsRule<DetectCapsBeforeAccess>.self, capsBeforeAccess.tally),
      (LookForCapsRule<DetectNtDrvLookForCaps>.self, lookForCaps.tally),
      (PCIDetectNtDrvFailGracefully.self, failGracefully.tally),
      (LegacyIdentityRule<LegacyPCIRevisionZero>.self, revisionZero.tally),
      (LegacyIdentityRule<LegacyPCISubsystemDeviceID>.self, subsystem.tally),
      (LegacyIdentityRule<LegacyPCIDeviceID>.self, deviceID.tally),
      (LegacyPCIDrvUseBar0.self, useBar0.tally),
      (LegacyPCIDrvConfigOffset.self, configOffset.tally),
      (LegacyPCIDevConfigOffset.self, devConfigOffset.tally),
      (LegacyPCIDevAnyWidth.self, anyWidth.tally),
      (LegacyPCIQueueSizeFixed.self, sizeFixed.tally),
    ]
  }
}
