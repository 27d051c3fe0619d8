import Model
import VirtioSpec

/// Through the legacy interface the configuration has the byte order of the guest.
///
/// A machine with channel I/O is big-endian, and revision 0 decides for the legacy form. A value is the
/// wrong way round when it is possible only with its bytes reversed. Traps: little-endian guests; single
/// bytes; the memory balloon is little-endian always.
///
/// Spec: 2.5.3
struct LegacyNativeEndian: Rule {
  static let id = "legacy.config.native-endian"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.value != 0, step.isAccepted,
      session.profile.transport == .ccw, session.isCertainlyLegacy,
      session.profile.type?.name == "blk",
      let field = session.configField(at: step.index),
      Int(step.width) == field.width
    else { return .silent }
    let reversed = step.value.byteSwapped >> UInt64(64 - field.width * 8)
    let isPossible: (UInt64) -> Bool
    switch field.name {
    case "capacity": isPossible = { $0 < 1 << 48 }
    case "blk_size": isPossible = { 512...65536 ~= $0 && $0.nonzeroBitCount == 1 }
    default: return .silent
    }
    guard !isPossible(step.value), isPossible(reversed) else { return .held }
    return .broken(
      "device returns \(hex(step.value)) in \(field.name), which is \(reversed) with its bytes in reverse"
    )
  }
}
