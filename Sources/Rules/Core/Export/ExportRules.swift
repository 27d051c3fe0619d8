import Model

/// Rules about the objects that a device exports, and which steps each one sees.
struct ExportRules: Area {
  private var exportUUIDv4 = ExportUUIDv4()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .objectExported: out.run(&exportUUIDv4, step, session)
    default: break
    }
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [(ExportUUIDv4.self, exportUUIDv4.tally)]
  }
}
