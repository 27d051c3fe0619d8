import Model
import VirtioSpec

/// What a recording shows of a persistent memory device's shared memory regions.
///
/// On PCI the capability list, judged at DRIVER_OK; on MMIO the answers to SHMSel.
struct PmemRegions: Sendable {
  private var watch = SharedMemoryWatch()
  private var zeroIsMissing = false
  private var otherIsThere = false

  enum Finding {
    /// Region 0 is there.
    case there
    /// There are regions, and 0 is none of them.
    case otherOnly
    /// There is none that anybody asked for.
    case none
    case notRecorded
  }

  /// Takes a step; returns what it settles.
  mutating func take(_ step: Transaction, _ session: Session) -> Finding? {
    guard session.hasNegotiated(0) else { return nil }
    if let answer = watch.take(step, session) {
      if answer.id != 0 {
        otherIsThere = otherIsThere || answer.isThere
        return zeroIsMissing && answer.isThere ? .otherOnly : nil
      }
      zeroIsMissing = !answer.isThere
      return answer.isThere ? .there : otherIsThere ? .otherOnly : Finding.none
    }
    guard session.profile.transport == .pci, step.kind == .writeStatus, step.hasValue,
      step.value & UInt64(DeviceStatus.driverOK.rawValue) != 0, !session.marks.driverOK.isSet
    else { return nil }
    let regions = session.profile.sharedMemory
    if regions.contains(0) { return .there }
    guard session.profile.capabilityListComplete else { return .notRecorded }
    return regions.isEmpty ? Finding.none : .otherOnly
  }
}
