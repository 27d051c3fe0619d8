import Model

/// The descriptor of an indirect table is the last one of its chain in the ring.
///
/// Spec: 2.7.5.3.1
struct NoNextWithIndirect: ChainFaultRow {
  static let id = "split.indirect.no-next-with-indirect"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.indirectWithNext]

  static func deed(_ fault: RingFault) -> String {
    "with INDIRECT and NEXT in one descriptor"
  }
}
