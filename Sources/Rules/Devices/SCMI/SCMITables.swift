import Model

/// A device with a statistics region offers SHARED_MEMORY.
///
/// Spec: 5.17.3.1
struct SCMIFeatShmemOffer: SharedMemoryRule {
  static let id = "scmi.feat.shmem-offer"
  var tally = Tally()
  var watch = SharedMemoryWatch()

  static func isReady(_ session: Session) -> Bool { session.offered.knows(1) }

  static func fault(_ id: UInt64, _ session: Session) -> String? {
    guard (1...3).contains(id) || (0x80...0xff).contains(id), session.offered.knows(1),
      !session.offered.contains(1)
    else { return nil }
    return "and does not offer \(session.featureName(1))"
  }
}

/// A region has the id that the list gives it: 1 to 3, or 0x80 to 0xff for vendors.
///
/// Spec: 5.17.6.3
struct SCMISHMIDTable: SharedMemoryRule {
  static let id = "scmi.shm.id-table"
  var tally = Tally()
  var watch = SharedMemoryWatch()

  static func fault(_ id: UInt64, _ session: Session) -> String? {
    (1...3).contains(id) || (0x80...0xff).contains(id)
      ? nil : "which is reserved"
  }
}
