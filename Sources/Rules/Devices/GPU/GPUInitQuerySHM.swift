import Model
import VirtioSpec

/// A driver asks for the device's shared memory regions.
///
/// Traps: on PCI it is the bus driver that reads the capability list; channel I/O has no shared
/// memory; what a recording that ends early does not show may come yet.
///
/// Spec: 5.7.5.1
struct GPUInitQuerySHM: Rule {
  static let id = "gpu.init.query-shm"
  var tally = Tally()
  private var hasAsked = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.index == UInt32(MMIORegister.shmSel.rawValue) { hasAsked = true }
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard session.isModern, session.marks.driverOK.isSet else { return .silent }
    switch session.profile.transport {
    case .ccw: return .silent
    case .pci:
      return session.profile.capabilityListComplete ? .held : .undecidable(.topologyNotRecorded)
    case .mmio: break
    }
    guard !hasAsked else { return .held }
    guard end != .recording else { return .undecidable(.endsMidLife) }
    return .broken(
      Breach(
        message: "driver drives the device and never asks for a shared memory region",
        place: session.marks.driverOK))
  }
}
