import Model

/// Rules about what a driver does in configuration space, and which steps each one sees.
struct PCIWindowRules: Area {
  private var offsetMultiple = WindowRule<WindowOffsetMultiple>()
  private var aligned = WindowRule<WindowAligned>()
  private var length = WindowRule<WindowLength124>()
  private var insideStructure = WindowRule<WindowInsideStructure>()
  private var reservedBar = WindowRule<CapDrvIgnoreReservedBar>()
  private var devWrite = PCICfgCapDevWrite()
  private var devRead = PCICfgCapDevRead()
  private var reservedType = PCICapDrvIgnoreReservedType()
  private var useFirst = PCICapDrvUseFirst()
  private var noWrite = PCICapDrvNoWrite()
  private var checkVendor = PCIVendorDrvCheckVendorID()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .readWindow, .writeWindow:
      out.run(&offsetMultiple, step, session)
      out.run(&aligned, step, session)
      out.run(&length, step, session)
      out.run(&insideStructure, step, session)
      out.run(&reservedBar, step, session)
    case .selectDeviceFeatures, .selectDriverFeatures, .selectQueue, .readRegister:
      out.run(&devWrite, step, session)
    case .readNumQueues: out.run(&devRead, step, session)
    case .writeStatus:
      out.run(&devWrite, step, session)
      out.run(&devRead, step, session)
      out.run(&reservedType, step, session)
    case .readReservedArea, .writeReservedArea: out.run(&reservedType, step, session)
    case .structureUsed: out.run(&useFirst, step, session)
    case .writePCIConfig:
      out.run(&noWrite, step, session)
      out.run(&checkVendor, step, session)
    default:
      // The rest is not about configuration space.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    out.end(&useFirst, session, end)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (WindowRule<WindowOffsetMultiple>.self, offsetMultiple.tally),
      (WindowRule<WindowAligned>.self, aligned.tally),
      (WindowRule<WindowLength124>.self, length.tally),
      (WindowRule<WindowInsideStructure>.self, insideStructure.tally),
      (WindowRule<CapDrvIgnoreReservedBar>.self, reservedBar.tally),
      (PCICfgCapDevWrite.self, devWrite.tally),
      (PCICfgCapDevRead.self, devRead.tally),
      (PCICapDrvIgnoreReservedType.self, reservedType.tally),
      (PCICapDrvUseFirst.self, useFirst.tally),
      (PCICapDrvNoWrite.self, noWrite.tally),
      (PCIVendorDrvCheckVendorID.self, checkVendor.tally),
    ]
  }
}
