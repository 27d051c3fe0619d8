import Model

/// Rules about how a driver of virtio-mmio accesses registers, and which steps each one sees.
struct MMIOAccessRules: Area {
  private var sweep = RegisterSweep()
  private var knownOffsets = MMIOKnownOffsets()
  private var noReadWriteOnly = MMIONoReadWriteOnly()
  private var noWriteReadOnly = MMIONoWriteReadOnly()
  private var control32bit = Control32bit()
  private var configNaturalWidth = MMIOConfigNaturalWidth()
  private var littleEndian = MMIOLittleEndian()
  private var devMagic = DevMagic()
  private var devVersion = DevVersion()
  private var ignoreBadMagic = IgnoreBadMagic()
  private var ignoreBadVersion = IgnoreBadVersion()
  private var ignoreDeviceZero = IgnoreDeviceZero()
  private var abortOnDeviceZero = AbortOnDeviceZero()
  private var noAccessOnDeviceZero = NoAccessOnDeviceZero()
  private var magicVersionFirst = MagicVersionFirst()
  private var readDeviceID = ReadDeviceID()
  private var shmOnlyIfExpected = SHMOnlyIfExpected()
  private var generalSequence = MMIOGeneralSequence()
  private var legacyVersionOne = LegacyVersionOne()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .kick, .readISR, .acknowledgeInterrupt, .readConfigGeneration:
      // Millions of these are right; their width is all that they can have wrong here.
      if step.traits.contains(.wrongWidth) { out.run(&control32bit, step, session) }
      if session.hasLife || session.marks.driverOK.isSet { return }
    case .interrupt, .buffersTaken, .buffersUsed, .eventsLost, .machineEvent:
      return
    default: break
    }
    let isSweep = sweep.takes(step)
    judgeProbe(step, session, &out)
    switch step.kind {
    case .readConfig, .writeConfig:
      out.run(&knownOffsets, step, session)
      out.run(&configNaturalWidth, step, session)
    case .kick, .readISR, .acknowledgeInterrupt, .readConfigGeneration: break
    default:
      out.run(&control32bit, step, session)
      guard !isSweep else { return }
      judgeRegister(step, session, &out)
    }
    out.run(&generalSequence, step, session)
  }

  /// Rules about registers in the wrong place or direction.
  private mutating func judgeRegister(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    switch step.kind {
    case .readRegister, .writeRegister:
      out.run(&knownOffsets, step, session)
      out.run(&noReadWriteOnly, step, session)
      out.run(&noWriteReadOnly, step, session)
      out.run(&shmOnlyIfExpected, step, session)
      out.run(&legacyVersionOne, step, session)
    case .writeStatus:
      out.run(&knownOffsets, step, session)
      out.run(&noReadWriteOnly, step, session)
      out.run(&noWriteReadOnly, step, session)
      out.run(&littleEndian, step, session)
    case .readQueueReset, .writeQueueReset:
      out.run(&knownOffsets, step, session)
    case .writeQueueEnable, .writeQueuePFN:
      out.run(&legacyVersionOne, step, session)
    case .selectDeviceFeatures, .selectDriverFeatures:
      out.run(&littleEndian, step, session)
    default: break
    }
  }

  /// Rules about the identification and what follows it; only before the device is driven.
  private mutating func judgeProbe(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    if step.isIdentification {
      out.run(&devMagic, step, session)
      out.run(&devVersion, step, session)
      out.run(&littleEndian, step, session)
    }
    guard step.isIdentification || !session.hasLife else { return }
    out.run(&ignoreBadMagic, step, session)
    out.run(&ignoreBadVersion, step, session)
    out.run(&ignoreDeviceZero, step, session)
    out.run(&abortOnDeviceZero, step, session)
    out.run(&noAccessOnDeviceZero, step, session)
    out.run(&magicVersionFirst, step, session)
    out.run(&readDeviceID, step, session)
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&control32bit, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (MMIOKnownOffsets.self, knownOffsets.tally),
      (MMIONoReadWriteOnly.self, noReadWriteOnly.tally),
      (MMIONoWriteReadOnly.self, noWriteReadOnly.tally),
      (Control32bit.self, control32bit.tally),
      (MMIOConfigNaturalWidth.self, configNaturalWidth.tally),
      (MMIOLittleEndian.self, littleEndian.tally),
      (DevMagic.self, devMagic.tally),
      (DevVersion.self, devVersion.tally),
      (IgnoreBadMagic.self, ignoreBadMagic.tally),
      (IgnoreBadVersion.self, ignoreBadVersion.tally),
      (IgnoreDeviceZero.self, ignoreDeviceZero.tally),
      (AbortOnDeviceZero.self, abortOnDeviceZero.tally),
      (NoAccessOnDeviceZero.self, noAccessOnDeviceZero.tally),
      (MagicVersionFirst.self, magicVersionFirst.tally),
      (ReadDeviceID.self, readDeviceID.tally),
      (SHMOnlyIfExpected.self, shmOnlyIfExpected.tally),
      (MMIOGeneralSequence.self, generalSequence.tally),
      (LegacyVersionOne.self, legacyVersionOne.tally),
    ]
  }
}
