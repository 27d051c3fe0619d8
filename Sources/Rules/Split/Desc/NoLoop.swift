import Model

/// Descriptor chains have an end.
///
/// Spec: 2.7.5.2
struct NoLoop: ChainFaultRow {
  static let id = "split.desc.no-loop"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.loop]

  static func deed(_ fault: RingFault) -> String { "that leads back into itself" }
}
