import Model
import VirtioSpec

/// A driver reads the configuration between two reads of its generation, and again until they agree.
///
/// A field of several accesses that is read with no generation before it breaks the rule, and so does
/// going on after the generation changed. The first is judged from DRIVER_OK on: before, most devices
/// change nothing. Traps: single fields of up to 32 bits; the legacy interface and channel I/O have no
/// generation; a recording that begins in the middle.
///
/// Spec: 2.5.1
struct GenerationLoop: Rule {
  static let id = "config.generation-loop"
  static let coveredBy = [AtomicWide.id, AtomicMulti.id]
  var tally = Tally()
  private var any = AnyTorn()
  private var last: (offset: Int, end: UInt32, place: RecordReference)?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport != .ccw, session.isModern(at: step) else { return .silent }
    guard step.kind == .readConfig, session.marks.driverOK.isSet, !session.generation.read.isSet
    else {
      last = nil
      return any.judge(step, in: session)
    }
    guard let field = session.configField(at: step.index),
      field.width == 8
    else {
      last = nil
      return .silent
    }
    let end = step.index &+ UInt32(step.width)
    defer { last = (field.offset, end, step.reference) }
    guard let last, last.offset == field.offset, last.end == step.index else { return .silent }
    return .broken(
      "driver reads \(field.name) in parts and does not read the generation before",
      Evidence(last.place, "the first part"))
  }

  /// A torn read of whatever kind.
  private struct AnyTorn: TornRead {
    static let id = GenerationLoop.id
    var tally = Tally()
    var reads = ConfigReads()

    static func concerns(_ reads: ConfigReads) -> Bool { reads.fields > 1 || reads.wide > 1 }
    static func text(_ reads: ConfigReads) -> String { "what it read" }
  }
}
