import Model

extension TrailRecorder {
  /// Takes what configuration space says; what is read anew replaces what was read before.
  mutating func takeFact(_ step: Transaction) {
    guard let key = Self.fact(step), facts.count < 256 else { return }
    if let place = facts.firstIndex(where: { $0.key.place == key.place }) {
      facts[place].key = key
    } else {
      facts.append(ComparedStep(key, at: step.reference))
    }
  }

  private static func fact(_ step: Transaction) -> StepKey? {
    switch step.kind {
    case .pciIdentity:
      return StepKey(.pciIdentity, value: UInt64(PCIIdentity(step).device))
    case .pciCapability:
      return StepKey(.pciCapability, index: UInt32(PCICapability(step).type))
    case .pciMessages:
      guard let vectors = PCIMessages(step).vectors else { return nil }
      return StepKey(.pciMessages, value: UInt64(vectors))
    default: return nil
    }
  }
}
