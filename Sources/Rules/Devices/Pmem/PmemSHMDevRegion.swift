import Model

/// With SHMEM_REGION the device has a shared memory region.
///
/// Trap: on PCI the capability list may not have been recorded.
///
/// Spec: 5.19.5.1
struct PmemSHMDevRegion: Rule {
  static let id = "pmem.shm.dev-region"
  static let needsWholeLife = false
  var tally = Tally()
  private var regions = PmemRegions()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch regions.take(step, session) {
    case nil: return .silent
    case .notRecorded: return .undecidable(.topologyNotRecorded)
    case .some(.none):
      return .broken(
        "device has no shared memory region 0, with \(session.featureName(0)) accepted",
        Evidence(session.featureWrites[0], "driver writes feature word 0"))
    default: return .held
    }
  }
}
