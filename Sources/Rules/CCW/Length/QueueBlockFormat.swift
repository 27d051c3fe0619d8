import Model
import VirtioSpec

/// A rule that SET_VQ carries the block that the revision in force has.
protocol QueueBlockFormat: Rule {
  /// Whether the block with one address is the right one.
  static var isLegacy: Bool { get }
}

extension QueueBlockFormat {
  static var coveredBy: [String] { [DrvCorrectLength.id] }
  static var needsWholeLife: Bool { false }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeQueueEnable else { return .silent }
    guard Self.isLegacy ? session.isLegacyCCW : session.revision >= 1 else {
      return session.revision == -1 && !session.hasNoRevision
        ? .undecidable(.startsMidLife) : .silent
    }
    let wrong: UInt8 = Self.isLegacy ? 32 : 16
    guard step.traits.contains(.wrongWidth), step.width == wrong else { return .held }
    return .broken(
      "driver sends SET_VQ with the block of \(Self.isLegacy ? "revision 1" : "revision 0"), "
        + "\(wrong) bytes",
      Evidence(session.revisionSet, "revision \(session.revision) agreed"))
  }
}
