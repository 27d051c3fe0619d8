import Model
import VirtioSpec

/// Reserved bits of the two masks of transfer widths are 0.
///
/// Spec: 5.21.4
struct SPICfgNbitsReserved: Rule {
  static let id = "spi.cfg.nbits-reserved"
  static let needsWholeLife = false
  private static let fields = [
    ConfigSpan(.spi, "tx_nbits_supported"), ConfigSpan(.spi, "rx_nbits_supported"),
  ]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted,
      let field = Self.fields.first(where: { $0.encloses(step) })
    else { return .silent }
    guard step.value & ~7 != 0 else { return .held }
    return .broken("device gives \(field.name) \(hex(step.value)), which has reserved bits")
  }
}
