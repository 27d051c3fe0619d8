import Model
import VirtioSpec

/// The descriptor ring is zero when the queue starts.
///
/// Traps: a driver may wipe the ring after it enabled the queue, and the device writes it once the
/// driver made something available; so the same slot must show USED on both sides of DRIVER_OK,
/// with nothing available yet.
///
/// Spec: 2.8.13
struct PackedZeroInit: PackedRingRule {
  static let id = "packed.ring.zero-init"
  var tally = Tally()
  private var early: [Int32: (slot: UInt32, at: RecordReference)] = [:]

  mutating func judge(
    _ step: Transaction, _ ring: RingState, in session: Session
  ) -> Judgement {
    guard step.kind == .ringNotZero else { return .silent }
    guard session.writtenStatus.contains(.driverOK) else {
      early[step.queue] = (step.index, step.reference)
      return .undecidable(.memoryBetweenSnapshots)
    }
    guard let first = early[step.queue], first.slot == step.index else {
      return .undecidable(.ringHistoryNotWhole)
    }
    return .broken(
      "driver starts packed queue \(step.queue) with USED set in slot \(step.index)",
      Evidence(first.at, "the slot shows the same before DRIVER_OK"))
  }
}
