import Model

/// Rules about MSI-X vectors, and which steps each one sees.
struct PCIMSIXRules: Area {
  private var range = PCIMSIXVectorRange()
  private var beyondTable = PCIMSIXDrvNoVectorBeyondTable()
  private var tableSize = PCIMSIXDevTableSize()
  private var readback = VectorReadRule<MSIXDevReadback>()
  private var unmapAny = VectorReadRule<MSIXDevUnmapAny>()
  private var reportFailure = VectorReadRule<MSIXDevReportFailure>()
  private var unmappedOnReset = PCIMSIXDevUnmappedOnReset()
  private var verify = PCIMSIXDrvVerify()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .writeConfigVector, .writeQueueVector:
      out.run(&range, step, session)
      out.run(&beyondTable, step, session)
      judgeBooks(step, session, &out)
    case .readConfigVector, .readQueueVector, .writeStatus: judgeBooks(step, session, &out)
    case .pciMessages: out.run(&tableSize, step, session)
    default:
      // The rest touches no vector.
      break
    }
  }

  private mutating func judgeBooks(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&tableSize, step, session)
    out.run(&readback, step, session)
    out.run(&unmapAny, step, session)
    out.run(&reportFailure, step, session)
    out.run(&unmappedOnReset, step, session)
    out.run(&verify, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCIMSIXVectorRange.self, range.tally),
      (PCIMSIXDrvNoVectorBeyondTable.self, beyondTable.tally),
      (PCIMSIXDevTableSize.self, tableSize.tally),
      (VectorReadRule<MSIXDevReadback>.self, readback.tally),
      (VectorReadRule<MSIXDevUnmapAny>.self, unmapAny.tally),
      (VectorReadRule<MSIXDevReportFailure>.self, reportFailure.tally),
      (PCIMSIXDevUnmappedOnReset.self, unmappedOnReset.tally),
      (PCIMSIXDrvVerify.self, verify.tally),
    ]
  }
}
