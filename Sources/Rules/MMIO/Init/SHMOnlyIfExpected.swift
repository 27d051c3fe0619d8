import Model
import VirtioSpec

/// A driver that expects no shared memory leaves the shared memory registers alone.
///
/// Traps: code of the transport may ask for a region of any device, which is answered by the length;
/// version 1 has no such registers.
///
/// Spec: 4.2.3.1.1
struct SHMOnlyIfExpected: Rule {
  static let id = "mmio.init.shm-only-if-expected"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.profile.mmioVersion == 2, 0xac..<0xc0 ~= step.index,
      let type = session.profile.type,
      type.isSpecified
    else { return .silent }
    guard !Self.types.contains(type.name) else { return .held }
    guard step.kind == .readRegister, step.index >= 0xb8 else {
      return .undecidable(.causeNotRecorded)
    }
    return .broken(
      "driver \(step.access), though device type \(type.name) has no shared memory")
  }

  /// Types of which the specification describes shared memory regions.
  private static let types: Set<String> = ["gpu", "fs", "pmem", "media", "sound", "scmi"]
}
