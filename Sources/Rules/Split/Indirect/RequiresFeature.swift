import Model

/// A driver uses indirect tables only where INDIRECT_DESC was accepted.
///
/// Spec: 2.7.5.3.1
struct RequiresFeature: ChainFaultRow {
  static let id = "split.indirect.requires-feature"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.indirectNotNegotiated]

  static func deed(_ fault: RingFault) -> String {
    "with an indirect table, though INDIRECT_DESC was not accepted"
  }
}
