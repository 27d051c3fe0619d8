import Model
import VirtioSpec

/// A driver accepts no type-specific feature that its device's type does not define.
///
/// Traps: a device type that is not known, or not specified, has no table to judge by; both sides
/// may follow a newer version.
///
/// Spec: 2.2.1
struct NoAcceptWrongDeviceType: Rule {
  static let id = "feature.no-accept-wrong-device-type"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    let type = session.profile.type?.name ?? "unknown"
    return session.judgeUnknownBits(
      step, where: { $0 == .foreignToType },
      message: { "driver accepts \($0), which the \(type) device type does not define" })
  }
}
