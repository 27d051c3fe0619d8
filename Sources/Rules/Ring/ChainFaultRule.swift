import Model

/// One statement about the chains that a driver makes available, broken by a fault that the walk
/// along the chain finds.
protocol ChainFaultRow: Sendable {
  /// The id of the statement in the catalogue.
  static var id: String { get }
  /// The statement is about packed queues; else about split ones.
  static var isPacked: Bool { get }
  /// The faults that break it.
  static var faults: [RingFault.Kind] { get }
  /// What the driver did, behind "driver makes chain 3 of queue 0 available ".
  static func deed(_ fault: RingFault) -> String
  /// Whether a fault of one of the kinds is one that the statement speaks of.
  static func concerns(_ fault: RingFault) -> Bool
  static var coveredBy: [String] { get }
}

extension ChainFaultRow {
  static var coveredBy: [String] { [] }
  static func concerns(_ fault: RingFault) -> Bool { true }
}

/// The rule of a row: a chain is judged when it is made available, as it then stands, because a
/// descriptor that came back may hold anything.
struct ChainFaultRule<Row: ChainFaultRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  /// A chain is wrong by itself, whatever came before it.
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.hasPackedRing(step.queue) == Row.isPacked
    else { return .silent }
    let told = session.told
    for fault in told.faults where Row.faults.contains(fault.kind) && Row.concerns(fault) {
      return .broken(
        "driver makes \(chainName(step)) available \(Row.deed(fault)) (\(fault.place))")
    }
    return told.facts.isWalked ? .held : .undecidable(.noRingMemory)
  }
}

/// The chain of a step as messages name it: `chain 3 of queue 0`, in a packed queue `buffer 3`.
func chainName(_ step: Transaction) -> String {
  "chain \(step.value) of queue \(step.queue)"
}
