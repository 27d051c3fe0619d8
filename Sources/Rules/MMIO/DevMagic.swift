import Model

/// A device of virtio-mmio returns the magic value.
///
/// Traps: the value with its bytes in reverse may be the recorder's view of a big-endian guest; a
/// narrow access shows only a part.
///
/// Spec: 4.2.2.1
struct DevMagic: Rule {
  static let id = "mmio.dev-magic"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readMagic, step.hasValue, !step.traits.contains(.wrongWidth)
    else { return .silent }
    switch step.value {
    case 0x7472_6976: return .held
    case 0x7669_7274: return .undecidable(.byteOrderNotRecorded)
    default:
      return .broken("device returns \(hex(step.value, digits: 8)) in MagicValue, not 0x74726976")
    }
  }
}
