import Model
import VirtioSpec

/// The part for the device to read is as long as its structure.
///
/// Traps: a device takes a shorter one all the same.
///
/// Spec: 2.13.2
enum DrvReadableFull: AdminCommandRow {
  static let id = "admin.vq.drv-readable-full"

  static func judge(_ command: AdminCommand, in session: Session) -> Judgement {
    guard let data = command.opcode.dataLength else { return .silent }
    if command.readableLength >= 24 + data { return .held }
    return .broken(
      "driver sends \(command.opcode.name) of \(command.readableLength) bytes, of which the"
        + " structure has \(24 + data)")
  }
}
