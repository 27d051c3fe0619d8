/// A step with what it takes to tell of it later, when its session has gone on.
public struct KeptStep: Sendable {
  public var step: Transaction
  /// Number of the device in the `DeviceTable`, and of its session.
  public var device: Int32
  public var session: Int
  /// The session is driven through the legacy interface, as far as is known at this step.
  public var isLegacy: Bool
  /// How the session stood before the step.
  public var situation: SessionSituation
  /// The chain that a used buffer ends.
  public var request: RingChain?
  /// The chain that is made available, with at most `bufferLimit` buffers.
  public var told: ToldChain?

  /// Buffers that are kept of a chain; its facts count all.
  public static var bufferLimit: Int { 16 }
}

extension DeviceTable {
  /// What to keep of `step`, which the device has not taken yet.
  public func keep(_ step: Transaction, of device: Int32) -> KeptStep {
    let place = Int(device)
    var kept = KeptStep(
      step: step, device: device, session: all[place].current.index,
      isLegacy: step.interface == .legacy || all[place].current.interface == .legacy,
      situation: SessionSituation(all[place].current))
    switch step.kind {
    case .bufferUsed where step.hasValue:
      for ring in all[place].current.rings.indices
      where all[place].current.rings[ring].queue == step.queue {
        kept.request = all[place].current.rings[ring].chains.outstanding(
          UInt32(truncatingIfNeeded: step.value))
      }
    case .bufferAvailable:
      let told = all[place].current.told
      var short = ToldChain()
      short.facts = told.facts
      short.isCut = told.isCut
      short.buffers = Array(told.buffers.prefix(KeptStep.bufferLimit))
      short.faults = told.faults
      kept.told = short
    default:
      guard step.isAdminStep || step.isRequestStep else { break }
      var short = ToldChain()
      if step.isAdminStep { short.admin = all[place].current.told.admin }
      if let payload = all[place].current.told.payload { short.tell(payload) }
      kept.told = short
    }
    return kept
  }
}
