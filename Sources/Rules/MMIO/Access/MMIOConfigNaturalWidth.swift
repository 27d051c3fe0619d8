import Model
import VirtioSpec

/// A driver of virtio-mmio accesses a field of the device configuration with the field's width, and
/// one of 64 bits in halves.
///
/// Traps: through the legacy interface drivers go byte by byte; which fields there are depends on the
/// device type, and behind the last one nothing can be said.
///
/// Spec: 4.2.2.2
struct MMIOConfigNaturalWidth: Rule {
  static let id = "mmio.access.config-natural-width"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig || step.kind == .writeConfig, session.isModern(at: step)
    else { return .silent }
    let offset = Int(step.index)
    let fields = session.configFields(at: step.index)
    guard let field = fields.first else { return .silent }
    for field in fields {
      let unit = min(field.width, 4)
      if Int(step.width) == unit, (offset - field.offset) % unit == 0 { return .held }
    }
    let verb = step.kind == .readConfig ? "reads" : "writes"
    return .broken(
      "driver \(verb) \(field.name), \(field.count > 1 ? "elements" : "a field") of \(field.width * 8) "
        + "bits, with an access of \(Int(step.width) * 8) bits at offset \(hex(offset, digits: 2))")
  }
}
