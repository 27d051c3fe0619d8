import Model
import VirtioSpec

/// With status OK there is nothing to qualify.
///
/// Spec: 2.12.1
enum DevOKQualifierZero: AdminResultRow {
  static let id = "admin.cmd.dev-ok-qualifier-zero"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard result.isOK else { return .silent }
    if result.qualifier == .ok { return .held }
    return .broken(
      "device answers \(result.command.name) with OK and status_qualifier"
        + " \(result.qualifier.name)")
  }
}

/// The reserved bytes behind status and qualifier are zero.
///
/// Traps: what the driver had left there is not the device's; only what the device was seen to write
/// counts.
///
/// Spec: 2.12.1
enum DevReservedZero: AdminResultRow {
  static let id = "admin.cmd.dev-reserved-zero"

  static func judge(_ result: AdminResult, in session: Session) -> Judgement {
    guard let isZero = result.isReservedZero else { return .undecidable(.payloadNotCaptured) }
    if isZero { return .held }
    return .broken("device answers \(result.command.name) with reserved bytes that are not zero")
  }
}
