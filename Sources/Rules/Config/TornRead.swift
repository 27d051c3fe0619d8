import Model
import VirtioSpec

/// A rule that a driver does not go on with a configuration that changed while it read it.
///
/// The generation differs before and after, and the driver goes on without reading again. Traps: a
/// single field of up to 32 bits needs no bracket; the legacy interface and channel I/O have none.
protocol TornRead: Rule {
  /// Whether what was read between the two generations concerns the rule.
  static func concerns(_ reads: ConfigReads) -> Bool
  static func text(_ reads: ConfigReads) -> String
  var reads: ConfigReads { get set }
}

/// What a driver read of the configuration since it read the generation.
struct ConfigReads: Sendable {
  var generation: UInt64 = 0
  var generationRead = RecordReference.none
  /// Parts of a field that needs several accesses, and the number of fields.
  var wide = 0
  var wideName = ""
  var fields = 0
  var lastOffset = -1
  /// Where the fields begin, as far as there is room.
  private var offsets: [Int] = []
  /// The read of another generation behind them, which nothing was read after.
  var torn = RecordReference.none

  private static var limit: Int { 32 }

  /// Takes a step before it is judged.
  mutating func apply(_ step: Transaction, _ session: Session) {
    switch step.kind {
    case .readConfigGeneration where step.hasValue:
      if torn.isSet { return }
      torn =
        generationRead.isSet && generation != step.value && fields > 0 ? step.reference : .none
      if torn.isSet { return }
      self = ConfigReads()
      generation = step.value
      generationRead = step.reference
    case .readConfig:
      guard let field = session.configField(at: step.index)
      else { return }
      if torn.isSet {
        // Only what is read again is read again.
        guard offsets.contains(field.offset) || offsets.count >= Self.limit else { return }
        self = ConfigReads()
      }
      if offsets.count < Self.limit, !offsets.contains(field.offset) {
        offsets.append(field.offset)
      }
      if field.offset != lastOffset { fields += 1 }
      if field.offset == lastOffset || wide == 0, field.byteCount > 4 {
        wide += 1
        wideName = field.name
      }
      lastOffset = field.offset
    case .writeConfig: self = ConfigReads()
    default: break
    }
  }
}

extension TornRead {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.transport != .ccw, session.isModern(at: step) else { return .silent }
    let before = reads
    reads.apply(step, session)
    switch step.kind {
    case .readConfigGeneration:
      return before.fields > 0 && !reads.torn.isSet && Self.concerns(before) ? .held : .silent
    case .kick, .writeStatus, .writeConfig:
      guard before.torn.isSet, Self.concerns(before) else { return .silent }
      reads = ConfigReads()
      guard step.statusSet?.contains(.failed) != true, !step.isStatusReset else { return .silent }
      return .broken(
        Breach(
          message:
            "driver goes on with \(Self.text(before)) though the generation changed meanwhile",
          evidence: [
            Evidence(before.generationRead, "generation \(before.generation)"),
            Evidence(step.reference, "driver goes on"),
          ], place: before.torn))
    default: return .silent
    }
  }
}
