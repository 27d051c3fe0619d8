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
  private var written = RecordedMemory(pageLimit: 1 << 10)
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
    guard bytes.byteCount > 0 else { return }
    for ring in rings where ring.isAdmin {
      let chain = devices.ring(of: ring.device, queue: ring.queue)?.chains.firstOutstanding {
        $1.contains { $0.isWritable && record.overlaps($0) }
      }
      guard chain != nil else { continue }
      if !written.write(bytes, at: record.first) {
        // Full: what was forgotten makes results unknown, no more.
        written = RecordedMemory(pageLimit: 1 << 10)
        _ = written.write(bytes, at: record.first)
      }
      return
    }
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
    let command = AdminCommand(
      queue: ring.queue, id: UInt32(truncatingIfNeeded: step.value), at: step.reference,
      bytes: told.facts.isWalked ? Self.bytes(of: told.buffers, writable: false, in: memory) : [],
      readable: told.facts.isWalked ? told.facts.readableBytes : .max,
      writable: told.facts.writableBytes)
    // The driver writes both parts anew for the next command.
    Self.ranges(of: told.buffers) { range in
      memory.forget(range)
      written.forget(range)
    }
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
    guard let chain = state.chains.outstanding(id) else { return }
    if state.isInOrder {
      // The entry stands for all that came before.
      _ = state.chains.firstOutstanding { other, buffers in
        if other.order == chain.order { return true }
        add(step, ring, other.facts.id, nil, buffers, devices, memory)
        return false
      }
    }
    add(step, ring, id, step.index, state.chains.buffers(of: id), devices, memory)
  }

  private mutating func add(
    _ step: Transaction, _ ring: FollowedRing, _ id: UInt32, _ length: UInt32?,
    _ buffers: [RingBuffer], _ devices: DeviceTable, _ memory: borrowing RecordedMemory
  ) {
    guard let command = devices.adminCommand(of: ring.device, queue: ring.queue, id: id)
    else { return }
    var bytes = Self.bytes(of: buffers, writable: true, in: written)
    var isFound = false
    if bytes.isEmpty {
      // A snapshot since shows what may be the result.
      bytes = Self.bytes(of: buffers, writable: true, in: memory)
      isFound = !bytes.isEmpty
    }
    let result = AdminResult(
      command, at: step.reference, length: length, written: bytes, isFound: isFound)
    pending.append(Pending(device: ring.device, step: result.step, told: .result(result)))
  }

  // MARK: Bytes of buffers

  /// The first bytes of one part of a chain, up to the first one that memory does not hold.
  private static func bytes(
    of buffers: [RingBuffer], writable: Bool, in memory: borrowing RecordedMemory
  ) -> [UInt8] {
    var result: [UInt8] = []
    for buffer in buffers where buffer.isWritable == writable {
      var done = 0
      let count = min(Int(buffer.length), AdminCommand.limit &- result.count)
      while done < count {
        let (place, wraps) = buffer.address.addingReportingOverflow(UInt64(done))
        guard !wraps, let bytes = memory.span(at: place, count: count &- done),
          bytes.byteCount > 0
        else { return result }
        for offset in 0..<bytes.byteCount { result.append(bytes.byte(at: offset)) }
        done &+= bytes.byteCount
      }
      if result.count >= AdminCommand.limit { break }
    }
    return result
  }

  /// Calls `body` with the addresses of the buffers, as far as their bytes are looked at.
  private static func ranges(of buffers: [RingBuffer], _ body: (ClosedRange<UInt64>) -> Void) {
    for isWritable in [false, true] {
      var rest = UInt64(AdminCommand.limit)
      for buffer in buffers where buffer.isWritable == isWritable && buffer.length > 0 && rest > 0 {
        let count = min(UInt64(buffer.length), rest)
        rest &-= count
        let (last, wraps) = buffer.address.addingReportingOverflow(count &- 1)
        if !wraps { body(buffer.address...last) }
      }
    }
  }
}
