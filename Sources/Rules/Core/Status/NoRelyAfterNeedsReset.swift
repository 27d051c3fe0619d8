import Model
import VirtioSpec

/// A driver that saw DEVICE_NEEDS_RESET gives the device no more work.
///
/// Traps: the bit counts from the read that showed it; another processor may have been about to kick.
///
/// Spec: 2.1.1
struct NoRelyAfterNeedsReset: Rule {
  static let id = "core.status.no-rely-after-needs-reset"
  var tally = Tally()
  /// The read that showed the bit, and the processor that made it.
  private var seen = RecordReference.none
  private var reader = Access.noCPU

  /// For how long another processor may not know yet, in nanoseconds.
  private static let grace: Int64 = 1_000_000

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readStatus:
      let shown = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
      guard step.hasValue, step.isAccepted, shown.contains(.needsReset), !seen.isSet else {
        return .silent
      }
      seen = step.reference
      reader = step.cpu
      return .silent
    case .writeStatus:
      guard seen.isSet, let written = step.statusSet else { return .silent }
      guard written.contains(.driverOK), !written.contains(.failed) else { return .held }
      return broken("writes status \(hex(written)), which goes on without a reset,")
    case .kick:
      guard seen.isSet else { return .silent }
      let isOther = step.cpu != reader && step.cpu != Access.noCPU && reader != Access.noCPU
      if isOther, step.reference.time &- seen.time < Self.grace { return .silent }
      return broken("notifies the device")
    case .availableIndex:
      // When a snapshot's index was written is not known.
      guard seen.isSet, !step.traits.contains(.fromSnapshot) else { return .silent }
      return broken("makes buffers available in queue \(step.queue)")
    default: return .silent
    }
  }

  private func broken(_ deed: String) -> Judgement {
    .broken(
      "driver \(deed) after it read DEVICE_NEEDS_RESET",
      Evidence(seen, "device shows DEVICE_NEEDS_RESET"))
  }
}
