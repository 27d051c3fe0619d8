import Model

/// With SHMEM_REGION the region of the device has the id 0.
///
/// Trap: on PCI the capability list may not have been recorded.
///
/// Spec: 5.19.5.1
struct PmemSHMDevID0: Rule {
  static let id = "pmem.shm.dev-id-0"
  static let needsWholeLife = false
  var tally = Tally()
  private var regions = PmemRegions()

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch regions.take(step, session) {
    case nil: return .silent
    case .notRecorded: return .undecidable(.topologyNotRecorded)
    case .otherOnly:
      return .broken(
        "device has shared memory regions, and none with id 0, with \(session.featureName(0)) accepted",
        Evidence(session.featureWrites[0], "driver writes feature word 0"))
    default: return .held
    }
  }
}
