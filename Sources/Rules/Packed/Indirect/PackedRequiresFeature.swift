import Model

/// A driver uses indirect tables in a packed queue only where INDIRECT_DESC was accepted.
///
/// Spec: 2.8.19
struct PackedRequiresFeature: ChainFaultRow {
  static let id = "packed.indirect.requires-feature"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.indirectNotNegotiated]

  static func deed(_ fault: RingFault) -> String {
    "with an indirect table, though INDIRECT_DESC was not accepted"
  }
}
