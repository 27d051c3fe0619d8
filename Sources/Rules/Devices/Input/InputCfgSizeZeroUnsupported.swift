import Model
import VirtioSpec

/// A device has nothing to say where nothing was asked.
///
/// Trap: a value of select that this version does not know may have a meaning in a later one.
///
/// Spec: 5.8.5.2
struct InputCfgSizeZeroUnsupported: Rule {
  static let id = "input.cfg.size-zero-unsupported"
  private static let size = ConfigSpan(.input, "size")
  private static let known: Set<UInt8> = [0x01, 0x02, 0x03, 0x10, 0x11, 0x12]
  var tally = Tally()
  private var query = InputQuery()
  private var reading = FieldReading()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfig {
      query.take(step, session)
      return .silent
    }
    guard case .certain(let size) = reading.take(step, Self.size, session),
      let select = query.select, !Self.known.contains(select)
    else { return .silent }
    guard size != 0 else { return .held }
    guard select == 0 || !session.mayFollowNewer else { return .undecidable(.newerSpecification) }
    let number = hex(select, digits: 2)
    return .broken(
      "device gives size \(size) while select is \(number), which asks for nothing",
      Evidence(query.selectedAt, "driver writes select \(number)"))
  }
}
