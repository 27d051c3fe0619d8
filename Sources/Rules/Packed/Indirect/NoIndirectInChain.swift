import Model

/// In a packed queue an indirect descriptor is a chain by itself.
///
/// Spec: 2.8.19
struct NoIndirectInChain: ChainFaultRow {
  static let id = "packed.indirect.no-indirect-in-chain"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.indirectWithNext, .indirectInChain]

  static func deed(_ fault: RingFault) -> String {
    "with an indirect descriptor in a list of several"
  }
}
