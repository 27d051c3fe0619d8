internal import Wire

/// Takes the requests of drivers and the answers of devices out of the memory records of a recording,
/// as the rings tell of their chains.
///
/// What lies in a buffer counts only where it was recorded since the buffer last changed hands. A
/// request of which the recording has no byte gives no step.
struct RequestFollower: Sendable {
  /// There are queues whose chains are decoded.
  var isOn = false
  private var written = WrittenBuffers(of: .request, limit: PayloadHead.limit, withLast: true)
  /// The requests that devices have.
  private var requests: [Key: PayloadHead] = [:]
  private var packets = MergedPackets()
  private var pending: [Pending] = []
  private var nextPending = 0

  /// Requests that are remembered at once, over all devices.
  private static var requestLimit: Int { 4096 }

  struct Key: Hashable {
    var device: Int32
    var queue: Int32
    var id: UInt32
  }

  private struct Pending {
    var device: Int32
    var step: Transaction
    var told: ToldPayload
  }

  /// The next request or answer that the ring steps so far tell of.
  mutating func next(_ devices: inout DeviceTable) -> StepBuffer.Step? {
    guard nextPending < pending.count else { return nil }
    let next = pending[nextPending]
    nextPending += 1
    if nextPending == pending.count {
      pending.removeAll(keepingCapacity: true)
      nextPending = 0
    }
    devices.tell(next.told, of: next.device)
    return StepBuffer.Step(device: next.device, transaction: next.step)
  }

  /// Notes what a device writes into the buffers of requests.
  mutating func watch(
    _ record: MemoryRecord, _ bytes: RawSpan, _ rings: [FollowedRing], _ devices: DeviceTable
  ) {
    written.watch(record, bytes, rings, devices)
  }

  /// Takes a step of a ring that carries `content`, before the session does.
  mutating func note(
    _ step: Transaction, _ ring: FollowedRing, _ content: RequestContent, _ devices: DeviceTable,
    _ memory: inout RecordedMemory
  ) {
    guard step.hasValue else { return }
    switch step.kind {
    case .bufferAvailable:
      noteRequest(step, ring, content, devices.toldChain(of: ring.device), &memory)
    case .bufferUsed: noteAnswers(step, ring, content, devices)
    default: break
    }
  }

  private mutating func noteRequest(
    _ step: Transaction, _ ring: FollowedRing, _ content: RequestContent, _ told: ToldChain,
    _ memory: inout RecordedMemory
  ) {
    let id = UInt32(truncatingIfNeeded: step.value)
    let key = Key(device: ring.device, queue: ring.queue, id: id)
    if !requests.isEmpty { requests[key] = nil }
    guard told.facts.isWalked else { return }
    if !written.isEmpty { written.forget(told.buffers) }
    // Of a chain that has a fault nobody can say what its parts are, and the fault is accused.
    guard content.isAsked, told.faults.isEmpty else { return }
    let request = memory.head(
      of: told.buffers, writable: false, isBigEndian: ring.layout.isBigEndian, withLast: false)
    guard request.count > 0 else { return }
    // The driver writes the request anew for the next one.
    memory.forget(told.buffers, limit: PayloadHead.limit)
    if requests.count < Self.requestLimit { requests[key] = request }
    let answer = PayloadHead(length: told.facts.writableBytes, isBigEndian: request.isBigEndian)
    let payload = ToldPayload(
      content, request: request, answer: answer, netHeader: ring.netHeader)
    add(payload.step(made: id, queue: ring.queue, at: step.reference), payload, step, ring)
  }

  private mutating func noteAnswers(
    _ step: Transaction, _ ring: FollowedRing, _ content: RequestContent, _ devices: DeviceTable
  ) {
    guard !written.isEmpty, let state = devices.ring(of: ring.device, queue: ring.queue) else {
      return
    }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let chain = state.outstanding(id) else { return }
    var number = state.totals.used
    if state.isInOrder {
      // The entry stands for all that came before, and has the length of the last.
      _ = state.firstOutstanding { other, buffers in
        if other.order == chain.order { return true }
        answer(step, ring, content, other.facts.id, nil, buffers, state, &number)
        return false
      }
    }
    answer(step, ring, content, id, step.index, state.buffers(of: id), state, &number)
  }

  private mutating func answer(
    _ step: Transaction, _ ring: FollowedRing, _ content: RequestContent, _ id: UInt32,
    _ length: UInt32?, _ buffers: [RingBuffer], _ state: RingState, _ number: inout UInt64
  ) {
    let key = Key(device: ring.device, queue: ring.queue, id: id)
    let request = requests.removeValue(forKey: key)
    let answer = written.memory.head(
      of: buffers, writable: true, isBigEndian: ring.layout.isBigEndian, withLast: true)
    var part: Int32 = 0
    if ring.mergesPackets, content == .netReceive {
      part = packets.part(of: answer, number: number, ring, state)
    }
    number &+= 1
    guard answer.count > 0 || answer.last != nil else { return }
    var payload = ToldPayload(
      content, request: request ?? PayloadHead(isBigEndian: answer.isBigEndian), answer: answer,
      netHeader: ring.netHeader)
    payload.usedLength = length
    payload.part = part
    add(payload.step(answered: id, queue: ring.queue, at: step.reference), payload, step, ring)
  }

  private mutating func add(
    _ step: Transaction, _ told: ToldPayload, _ cause: Transaction, _ ring: FollowedRing
  ) {
    var step = step
    if cause.traits.contains(.fromSnapshot) { step.traits.insert(.fromSnapshot) }
    pending.append(Pending(device: ring.device, step: step, told: told))
  }
}
