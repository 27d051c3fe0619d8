import Model
import VirtioSpec

/// Rules about the common configuration structure of a PCI device, and which steps each one sees.
struct PCICommonRules: Area {
  private var driver = PCICommonDriverRules()
  private var device = PCICommonDeviceRules()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard session.profile.transport == .pci else { return }
    driver.judge(step, in: session, &out)
    device.judge(step, in: session, &out)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] { driver.rules + device.rules }
}

/// What binds the driver.
struct PCICommonDriverRules: Area {
  private var noWriteReadOnly = PCICommonNoWriteReadOnly()
  private var sizeNonzeroPacked = PCICommonQueueSizeNonzeroPacked()
  private var sizePowerOfTwo = PCICommonQueueSizePowerOfTwo()
  private var sizeNotAboveMax = PCIQueueSizeNotAboveMax()
  private var skipSizeZero = PCIQueueSkipSizeZero()
  private var configBeforeEnable = PCICommonQueueConfigBeforeEnable()
  private var waitReset = PCICommonWaitReset()
  private var enableNoZero = PCICommonQueueEnableNoZero()
  private var queueResetWait = PCICommonQueueResetWait()
  private var queueResetNeedsFeature = PCICommonQueueResetNeedsFeature()
  private var adminRange = PCICommonAdminQueueIndexRange()
  private var selectRange = PCICommonQueueSelectRange()
  private var littleEndian = PCIAccessLittleEndian()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeStatus:
      out.run(&noWriteReadOnly, step, session)
      out.run(&waitReset, step, session)
      out.run(&queueResetWait, step, session)
      out.run(&skipSizeZero, step, session)
    case .readStatus, .reset: out.run(&waitReset, step, session)
    case .writeDriverFeatures:
      out.run(&waitReset, step, session)
      out.run(&skipSizeZero, step, session)
      out.run(&littleEndian, step, session)
    case .writeRegister: out.run(&noWriteReadOnly, step, session)
    case .readQueueSize: out.run(&skipSizeZero, step, session)
    case .writeQueueReset:
      out.run(&queueResetWait, step, session)
      out.run(&queueResetNeedsFeature, step, session)
    case .readQueueReset: out.run(&queueResetWait, step, session)
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN:
      judgeSetup(step, session, &out)
    default:
      // The rest sets up nothing.
      break
    }
  }

  private mutating func judgeSetup(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&waitReset, step, session)
    out.run(&sizeNonzeroPacked, step, session)
    out.run(&sizePowerOfTwo, step, session)
    out.run(&sizeNotAboveMax, step, session)
    out.run(&skipSizeZero, step, session)
    out.run(&configBeforeEnable, step, session)
    out.run(&enableNoZero, step, session)
    out.run(&queueResetWait, step, session)
    out.run(&adminRange, step, session)
    out.run(&selectRange, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCICommonNoWriteReadOnly.self, noWriteReadOnly.tally),
      (PCICommonQueueSizeNonzeroPacked.self, sizeNonzeroPacked.tally),
      (PCICommonQueueSizePowerOfTwo.self, sizePowerOfTwo.tally),
      (PCIQueueSizeNotAboveMax.self, sizeNotAboveMax.tally),
      (PCIQueueSkipSizeZero.self, skipSizeZero.tally),
      (PCICommonQueueConfigBeforeEnable.self, configBeforeEnable.tally),
      (PCICommonWaitReset.self, waitReset.tally),
      (PCICommonQueueEnableNoZero.self, enableNoZero.tally),
      (PCICommonQueueResetWait.self, queueResetWait.tally),
      (PCICommonQueueResetNeedsFeature.self, queueResetNeedsFeature.tally),
      (PCICommonAdminQueueIndexRange.self, adminRange.tally),
      (PCICommonQueueSelectRange.self, selectRange.tally),
      (PCIAccessLittleEndian.self, littleEndian.tally),
    ]
  }
}
