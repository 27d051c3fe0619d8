import Model
import VirtioSpec

/// A rule that a driver writes nothing in the device configuration but what it may write.
///
/// Traps: where the interface is not known it may be the legacy one; channel I/O has no offset, so that a driver that writes a field writes everything before
/// it as well; there only what lies behind counts.
protocol ReadOnlyConfigRule: Rule {
  /// The bytes that a driver may write; empty where it may write none.
  static var writable: Range<Int> { get }
  /// The same through the legacy interface.
  static var writableLegacy: Range<Int> { get }
  /// The bytes that the rule is about, where others have rules of their own.
  static var guarded: Range<Int> { get }
}

extension ReadOnlyConfigRule {
  static var writable: Range<Int> { 0..<0 }
  static var writableLegacy: Range<Int> { writable }
  static var guarded: Range<Int> { 0..<Int.max }
  static var needsWholeLife: Bool { false }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .writeConfig else { return .silent }
    let free = step.interface == .legacy ? Self.writableLegacy : Self.writable
    let first = Int(step.index)
    let end = first + Int(step.width)
    guard first < Self.guarded.upperBound, end > Self.guarded.lowerBound else { return .silent }
    if first >= free.lowerBound, end <= free.upperBound, first < end { return .held }
    if session.profile.transport == .ccw {
      // A CCW whose data was not captured tells where it ends, and nothing before.
      guard step.hasValue ? first >= free.upperBound : end > free.upperBound else {
        return .silent
      }
      if Self.guarded.upperBound < Int.max { return .silent }
    }
    if step.interface == .none, first >= Self.writableLegacy.lowerBound,
      end <= Self.writableLegacy.upperBound
    {
      return .undecidable(.startsMidLife)
    }
    let field = session.profile.type?.configField(at: first)?.field.name
    let name = field.map { ", where \($0) lies" } ?? ""
    return .broken(
      "driver writes device configuration at offset \(hex(step.index, digits: 2))\(name), "
        + "which it may only read")
  }
}
