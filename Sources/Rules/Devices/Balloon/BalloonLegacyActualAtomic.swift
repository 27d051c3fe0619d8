import Model
import VirtioSpec

/// Through the legacy interface a driver writes all four bytes of `actual` at once.
///
/// Trap: drivers older than the standard wrote them one after the other, lowest first, and nothing
/// tells one of them from a transitional one.
///
/// Spec: 5.5.6
struct BalloonLegacyActualAtomic: Rule {
  static let id = "balloon.legacy.actual-atomic"
  static let needsWholeLife = false
  private static let field = ConfigSpan(.balloon, "actual")
  var tally = Tally()
  /// How many bytes of the value were written in the old way.
  private var written = 0

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeConfig, step.interface == .legacy, session.profile.transport != .ccw,
      Self.field.overlaps(step)
    else { return .silent }
    let place = Int(step.index) - Self.field.offset
    guard step.width == 1, place == written || place == 0 else {
      written = 0
      return step.width == 4 && place == 0 ? .held : breach(step)
    }
    written = (place + 1) % 4
    return .undecidable(.abilitiesNotRecorded)
  }

  private func breach(_ step: Transaction) -> Judgement {
    .broken(
      "driver writes \(step.width) \(step.width == 1 ? "byte" : "bytes") of actual "
        + "at offset \(hex(step.index, digits: 2)), not all 4 at once")
  }
}
