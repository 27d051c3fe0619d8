import Model
import VirtioSpec

/// A driver of virtio-mmio begins with the magic value and the version.
///
/// Judged where the recording shows the probe from its start, the magic value: the first write shows
/// that the initialization is under way. Traps: a recording that begins later; firmware that looks
/// round and reads only a part has initialized nothing.
///
/// Spec: 4.2.3.1.1
struct MagicVersionFirst: Rule {
  static let id = "mmio.init.magic-version-first"
  static let needsWholeLife = false
  var tally = Tally()
  private var isDone = false
  private var magic = RecordReference.none
  private var version = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !isDone, !session.hasLife, session.index == 0 else { return .silent }
    switch step.kind {
    case .readMagic: magic = step.reference
    case .readVersion: version = step.reference
    case _ where step.isWriteOfMMIO:
      isDone = true
      if magic.isSet, version.isSet { return .held }
      guard magic.isSet else { return .undecidable(.startsMidLife) }
      return .broken(
        "driver \(step.access) although it has not read Version",
        Evidence(magic, "driver reads MagicValue"))
    default: break
    }
    return .silent
  }
}
