import Model
import VirtioSpec

/// A driver of virtio-mmio reads DeviceID once magic value and version are right.
///
/// Traps: reading VendorID with it is harmless; a recording that begins later.
///
/// Spec: 4.2.3.1.1
struct ReadDeviceID: Rule {
  static let id = "mmio.init.read-device-id"
  static let needsWholeLife = false
  var tally = Tally()
  private var isDone = false
  private var magic = RecordReference.none
  private var version = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard !isDone, !session.hasLife, session.index == 0 else { return .silent }
    switch step.kind {
    case .readMagic: magic = step.value == 0x7472_6976 ? step.reference : .none
    case .readVersion: version = step.value == 1 || step.value == 2 ? step.reference : .none
    case .readVendorID: break
    case .readDeviceID:
      isDone = true
      return magic.isSet && version.isSet ? .held : .silent
    default:
      guard step.mmioRegister != nil || step.kind == .writeConfig else { return .silent }
      isDone = true
      guard magic.isSet, version.isSet else { return .undecidable(.startsMidLife) }
      return .broken(
        "driver \(step.access) before it has read DeviceID",
        Evidence(magic, "driver reads MagicValue"),
        Evidence(version, "driver reads Version"))
    }
    return .silent
  }
}
