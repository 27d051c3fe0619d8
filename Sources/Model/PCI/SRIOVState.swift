/// What the SR-IOV capability of a physical function was seen to say: where its virtual functions are.
///
/// It outlives a reset of the device, which is none of the function.
///
/// Source: PCI Express Base Specification, 9.3.3, SR-IOV extended capability.
public struct SRIOVState: Sendable, BitwiseCopyable {
  /// VF Enable as last written.
  public internal(set) var isEnabled = Knowledge.unknown
  public internal(set) var enabledAt = RecordReference.none
  /// NumVFs as last written, -1 unknown.
  public internal(set) var count: Int32 = -1
  public internal(set) var countAt = RecordReference.none
  /// The last read of VF BAR0, and whether any of its bits was set.
  public internal(set) var firstBARRead = RecordReference.none
  public internal(set) var hasFirstBAR = false

  mutating func apply(_ step: Transaction) {
    switch step.kind {
    case .writeVFEnable:
      isEnabled = step.hasValue ? (step.value & 1 == 1 ? .yes : .no) : .unknown
      enabledAt = step.reference
    case .writeNumVFs:
      count = step.hasValue ? Int32(truncatingIfNeeded: step.value & 0xffff) : -1
      countAt = step.reference
    case .readVFBar0 where step.hasValue:
      firstBARRead = step.reference
      hasFirstBAR = hasFirstBAR || step.value != 0
    case .machineEvent where step.value == 1: self = SRIOVState()
    default: break
    }
  }
}
