import Model
import VirtioSpec

/// The registers of virtio-mmio are little-endian.
///
/// Judged where the magic value was read in its right form, so that neither the recorder nor its
/// reader has turned the bytes round: a value is then the wrong way round when it has a meaning only
/// with its bytes reversed.
///
/// Spec: 4.2.2
struct MMIOLittleEndian: Rule {
  static let id = "mmio.access.little-endian"
  static let needsWholeLife = false
  var tally = Tally()
  private var magic = RecordReference.none

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.hasValue, !step.traits.contains(.wrongWidth) else { return .silent }
    if step.kind == .readMagic {
      guard step.value == 0x7669_7274 else {
        magic = step.value == 0x7472_6976 ? step.reference : .none
        return magic.isSet ? .held : .silent
      }
      return .undecidable(.byteOrderNotRecorded)
    }
    guard magic.isSet, step.value != 0, step.value & 0x00ff_ffff == 0, step.value >> 24 <= 0x3f
    else { return .silent }
    let what: String
    switch step.kind {
    case .readVersion: what = "device returns \(hex(step.value, digits: 8)) in Version"
    case .readDeviceID: what = "device returns \(hex(step.value, digits: 8)) in DeviceID"
    case .writeStatus: what = "driver writes \(hex(step.value, digits: 8)) to Status"
    case .selectDeviceFeatures, .selectDriverFeatures:
      what = "driver selects feature word \(hex(step.value, digits: 8))"
    default: return .silent
    }
    return .broken(
      "\(what), \(step.value >> 24) with its bytes in reverse",
      Evidence(magic, "the magic value has its bytes in the right order"))
  }
}
