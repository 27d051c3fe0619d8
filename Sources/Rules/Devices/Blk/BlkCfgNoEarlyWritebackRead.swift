import Model
import VirtioSpec

/// A driver does not read the cache mode before it has set FEATURES_OK.
///
/// Traps: through the legacy interface it may; a read of more than this byte is none of it, and
/// channel I/O reads the byte along with what lies behind it.
///
/// Spec: 5.2.5.1
struct BlkCfgNoEarlyWritebackRead: Rule {
  static let id = "blk.cfg.no-early-writeback-read"
  private static let field = ConfigSpan(.blk, "writeback")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.interface == .modern, session.profile.transport != .ccw,
      Self.field.encloses(step)
    else { return .silent }
    guard !session.writtenStatus.contains(.featuresOK) else { return .held }
    return .broken(
      "driver reads writeback while it has not set FEATURES_OK (status \(hex(session.writtenStatus)))",
      Evidence(session.marks.lastStatusWrite, "the driver's last status write"))
  }
}
