import Model
import VirtioSpec

/// The upper half of the guest's address is 0.
///
/// Spec: 5.10.4
struct VsockAddrCfgUpperZero: Rule {
  static let id = "vsock.addr.cfg-upper-zero"
  static let coveredBy = ["vsock.addr.cid-not-reserved"]
  static let needsWholeLife = false
  private static let field = ConfigSpan(.vsock, "guest_cid")
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted,
      Self.field.isProper(step, in: session)
    else { return .silent }
    let upper: UInt64
    switch (step.index, step.width) {
    case (4, 4): upper = step.value
    case (0, 8): upper = step.value >> 32
    default: return .silent
    }
    guard upper != 0 else { return .held }
    return .broken("device gives a guest_cid whose upper half is \(hex(upper))")
  }
}
