import Model

/// Rules about the SCSI host device, and which steps each one sees.
struct SCSIRules: Area {
  private var cfgSenseDefaultValue = SCSICfgSenseDefaultValue()
  private var cfgCDBDefaultValue = SCSICfgCDBDefaultValue()
  private var cfgMaxChannelZero = SCSICfgMaxChannelZero()
  private var cfgMaxTarget255 = SCSICfgMaxTarget255()
  private var cfgMaxLun16383 = SCSICfgMaxLun16383()
  private var cfgWriteOnlySizes = SCSICfgWriteOnlySizes()
  private var legacyCfgEndian = SCSILegacyCfgEndian()
  private var cfgResetDefaults = SCSICfgResetDefaults()
  private var initDiscoverQueues = SCSIInitDiscoverQueues()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readQueueSize, .kick:
      out.run(&initDiscoverQueues, step, session)
    case .readConfig:
      out.run(&cfgSenseDefaultValue, step, session)
      out.run(&cfgCDBDefaultValue, step, session)
      out.run(&cfgMaxChannelZero, step, session)
      out.run(&cfgMaxTarget255, step, session)
      out.run(&cfgMaxLun16383, step, session)
      out.run(&legacyCfgEndian, step, session)
      out.run(&cfgResetDefaults, step, session)
    case .writeConfig:
      out.run(&cfgSenseDefaultValue, step, session)
      out.run(&cfgCDBDefaultValue, step, session)
      out.run(&cfgWriteOnlySizes, step, session)
      out.run(&cfgResetDefaults, step, session)
    default:
      // No rule about this device looks at the rest.
      break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (SCSICfgSenseDefaultValue.self, cfgSenseDefaultValue.tally),
      (SCSICfgCDBDefaultValue.self, cfgCDBDefaultValue.tally),
      (SCSICfgMaxChannelZero.self, cfgMaxChannelZero.tally),
      (SCSICfgMaxTarget255.self, cfgMaxTarget255.tally),
      (SCSICfgMaxLun16383.self, cfgMaxLun16383.tally),
      (SCSICfgWriteOnlySizes.self, cfgWriteOnlySizes.tally),
      (SCSILegacyCfgEndian.self, legacyCfgEndian.tally),
      (SCSICfgResetDefaults.self, cfgResetDefaults.tally),
      (SCSIInitDiscoverQueues.self, initDiscoverQueues.tally),
    ]
  }
}
