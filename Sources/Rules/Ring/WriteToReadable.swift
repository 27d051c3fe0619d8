import Model

/// What a write of the device into a buffer for it to read means to the rules of both formats.
func judgeWriteToReadable(_ step: Transaction, _ ring: RingState) -> Judgement {
  if step.kind == .bufferUsed { return .held }
  guard step.kind == .bufferChanged, step.index == 0 else { return .silent }
  let id = UInt32(truncatingIfNeeded: step.value)
  return .broken(
    "device writes into a device-readable buffer of chain \(id) of queue \(step.queue)",
    Evidence(
      ring.outstanding(id)?.exposedAt ?? .none, "driver makes chain \(id) available"))
}
