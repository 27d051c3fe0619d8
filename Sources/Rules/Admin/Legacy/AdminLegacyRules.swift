import Model

/// Rules about the legacy interface that an owner offers of its members.
struct AdminLegacyRules: Area {
  private var legacyUseNotifyAddress = AdminCommandRule<LegacyUseNotifyAddress>()
  private var legacyCommonSingleField = AdminCommandRule<LegacyCommonSingleField>()
  private var legacyAllOrNone = AdminResultRule<LegacyAllOrNone>()
  private var legacyNotifyNeedsAllFour = AdminResultRule<LegacyNotifyNeedsAllFour>()
  private var legacyNontransitionalIDs = AdminResultRule<LegacyNontransitionalIDs>()
  private var legacyNontransitionalDeviceID = AdminResultRule<LegacyNontransitionalDeviceID>()
  private var legacyNotifyLastEntryZero = AdminResultRule<LegacyNotifyLastEntryZero>()
  private var legacyNotifyBarNonzero = AdminResultRule<LegacyNotifyBarNonzero>()
  private var legacyNotifyOffsetAligned = AdminResultRule<LegacyNotifyOffsetAligned>()
  private var legacyFailBadCommonOffset = AdminResultRule<LegacyFailBadCommonOffset>()
  private var legacyVFBar0Zero = LegacyVFBar0Zero()
  private var legacyCommonWriteEffect = LegacyCommonWriteEffect()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .adminCommand:
      out.run(&legacyUseNotifyAddress, step, session)
      out.run(&legacyCommonSingleField, step, session)
    case .adminResult:
      out.run(&legacyAllOrNone, step, session)
      out.run(&legacyNotifyNeedsAllFour, step, session)
      out.run(&legacyNontransitionalIDs, step, session)
      out.run(&legacyNontransitionalDeviceID, step, session)
      out.run(&legacyNotifyLastEntryZero, step, session)
      out.run(&legacyNotifyBarNonzero, step, session)
      out.run(&legacyNotifyOffsetAligned, step, session)
      out.run(&legacyFailBadCommonOffset, step, session)
      out.run(&legacyVFBar0Zero, step, session)
      out.run(&legacyCommonWriteEffect, step, session)
    case .readVFBar0:
      out.run(&legacyVFBar0Zero, step, session)
    // The rest is no administration.
    default: break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (AdminCommandRule<LegacyUseNotifyAddress>.self, legacyUseNotifyAddress.tally),
      (AdminCommandRule<LegacyCommonSingleField>.self, legacyCommonSingleField.tally),
      (AdminResultRule<LegacyAllOrNone>.self, legacyAllOrNone.tally),
      (AdminResultRule<LegacyNotifyNeedsAllFour>.self, legacyNotifyNeedsAllFour.tally),
      (AdminResultRule<LegacyNontransitionalIDs>.self, legacyNontransitionalIDs.tally),
      (AdminResultRule<LegacyNontransitionalDeviceID>.self, legacyNontransitionalDeviceID.tally),
      (AdminResultRule<LegacyNotifyLastEntryZero>.self, legacyNotifyLastEntryZero.tally),
      (AdminResultRule<LegacyNotifyBarNonzero>.self, legacyNotifyBarNonzero.tally),
      (AdminResultRule<LegacyNotifyOffsetAligned>.self, legacyNotifyOffsetAligned.tally),
      (AdminResultRule<LegacyFailBadCommonOffset>.self, legacyFailBadCommonOffset.tally),
      (LegacyVFBar0Zero.self, legacyVFBar0Zero.tally),
      (LegacyCommonWriteEffect.self, legacyCommonWriteEffect.tally),
    ]
  }
}
