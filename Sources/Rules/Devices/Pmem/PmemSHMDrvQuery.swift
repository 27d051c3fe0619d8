import Model
import VirtioSpec

/// With SHMEM_REGION a driver asks for shared memory region 0 before it sends a request.
///
/// Trap: on PCI the region stands in the capability list, which may not have been recorded.
///
/// Spec: 5.19.5.2
struct PmemSHMDrvQuery: Rule {
  static let id = "pmem.shm.drv-query"
  var tally = Tally()
  private var hasAsked = false
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeRegister {
      let isQuestion = step.index == UInt32(MMIORegister.shmSel.rawValue)
      if isQuestion, step.value == 0 || !step.hasValue { hasAsked = true }
      return .silent
    }
    guard step.kind == .kick, !isJudged, session.hasNegotiated(0) else { return .silent }
    isJudged = true
    switch session.profile.transport {
    case .ccw: return .silent
    case .pci:
      return session.profile.capabilityListComplete ? .held : .undecidable(.topologyNotRecorded)
    case .mmio:
      return hasAsked
        ? .held
        : .broken(
          "driver notifies a queue without having asked for shared memory region 0",
          Evidence(session.featureWrites[0], "driver accepts \(session.featureName(0))"))
    }
  }
}
