internal import Wire

/// Takes administration commands and results out of the memory records of a recording, as the rings
/// tell of their chains.
///
/// What lies in a buffer counts only where it was recorded since the buffer last changed hands:
/// what the driver wrote since the device gave it back, and what the device wrote since it has it.
struct AdminFollower: Sendable {
  /// There are administration queues.
  var isOn = false
  /// What devices wrote into buffers of commands.
  private var written = WrittenBuffers(of: .administration, limit: AdminCommand.limit)
  private var pending: [Pending] = []
  private var nextPending = 0

  private struct Pending {
    var device: Int32
    var step: Transaction
    var told: ToldAdmin
  }

  /// The next command or result that the ring steps so far tell of.
  mutating func next(_ devices: inout DeviceTable) -> StepBuffer.Step? {
    guard nextPending < pending.count else { return nil }
    let step = pending[nextPending]
    nextPending += 1
    if nextPending == pending.count {
      pending.removeAll(keepingCapacity: true)
      nextPending = 0
    }
    devices.tell(step.told, of: step.device)
    return StepBuffer.Step(device: step.device, transaction: step.step)
  }

  /// Notes what a device writes into the buffers of commands.
  mutating func watch(
    _ record: MemoryRecord, _ bytes: RawSpan, _ rings: [FollowedRing], _ devices: DeviceTable
  ) {
    written.watch(record, bytes, rings, devices)
  }

  /// Takes a step of an administration queue's ring, before the session does.
  mutating func note(
    _ step: Transaction, _ ring: FollowedRing, _ devices: DeviceTable,
    _ memory: inout RecordedMemory
  ) {
    guard step.hasValue else { return }
    switch step.kind {
    case .bufferAvailable: noteCommand(step, ring, devices.toldChain(of: ring.device), &memory)
    case .bufferUsed: noteResults(step, ring, devices, memory)
    default: break
    }
  }

  private mutating func noteCommand(
    _ step: Transaction, _ ring: FollowedRing, _ told: ToldChain, _ memory: inout RecordedMemory
  ) {
    let bytes =
      told.facts.isWalked
      ? memory.bytes(of: told.buffers, writable: false, limit: AdminCommand.limit) : []
    let command = AdminCommand(
      queue: ring.queue, id: UInt32(truncatingIfNeeded: step.value), at: step.reference,
      bytes: bytes, readable: told.facts.isWalked ? told.facts.readableBytes : .max,
      writable: told.facts.writableBytes)
    // The driver writes both parts anew for the next command.
    memory.forget(told.buffers, limit: AdminCommand.limit)
    written.forget(told.buffers)
    pending.append(
      Pending(
        device: ring.device, step: command.step(fromSnapshot: step.traits.contains(.fromSnapshot)),
        told: .command(command)))
  }

  private mutating func noteResults(
    _ step: Transaction, _ ring: FollowedRing, _ devices: DeviceTable,
    _ memory: borrowing RecordedMemory
  ) {
    guard let state = devices.ring(of: ring.device, queue: ring.queue) else { return }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let chain = state.outstanding(id) else { return }
    if state.isInOrder {
      // The entry stands for all that came before.
      _ = state.firstOutstanding { other, buffers in
        if other.order == chain.order { return true }
        add(step, ring, other.facts.id, nil, buffers, devices, memory)
        return false
      }
    }
    add(step, ring, id, step.index, state.buffers(of: id), devices, memory)
  }

  private mutating func add(
    _ step: Transaction, _ ring: FollowedRing, _ id: UInt32, _ length: UInt32?,
    _ buffers: [RingBuffer], _ devices: DeviceTable, _ memory: borrowing RecordedMemory
  ) {
    guard let command = devices.adminCommand(of: ring.device, queue: ring.queue, id: id)
    else { return }
    var bytes = written.memory.bytes(of: buffers, writable: true, limit: AdminCommand.limit)
    var isFound = false
    if bytes.isEmpty {
      // A snapshot since shows what may be the result.
      bytes = memory.bytes(of: buffers, writable: true, limit: AdminCommand.limit)
      isFound = !bytes.isEmpty
    }
    let result = AdminResult(
      command, at: step.reference, length: length, written: bytes, isFound: isFound)
    pending.append(Pending(device: ring.device, step: result.step, told: .result(result)))
  }
}
