import VirtioSpec
internal import Wire

/// Takes the UUIDs by which devices export objects out of the memory records of a recording, as the
/// rings tell of their chains.
///
/// Of the device types of this version a GPU alone exports objects: the response to
/// VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID on its controlq.
///
/// Spec: 2.11, 5.7.6.8
struct ExportFollower: Sendable {
  /// There are queues on which objects are exported.
  var isOn = false
  private var written = WrittenBuffers(of: .gpuControl, limit: GPUUUIDResponse.byteCount)
  /// What is asked for in chains that the device has, where the recording shows it.
  private var requests: [Request] = []
  private var pending: [StepBuffer.Step] = []
  private var nextPending = 0

  /// Requests that are remembered at once, over all devices.
  private static var requestLimit: Int { 1024 }

  private struct Request {
    var device: Int32
    var queue: Int32
    var id: UInt32
    var wantsUUID: Bool

    func isOf(_ ring: FollowedRing, _ chain: UInt32) -> Bool {
      device == ring.device && queue == ring.queue && id == chain
    }
  }

  /// The next export that the ring steps so far tell of.
  mutating func next() -> StepBuffer.Step? {
    guard nextPending < pending.count else { return nil }
    let step = pending[nextPending]
    nextPending += 1
    if nextPending == pending.count {
      pending.removeAll(keepingCapacity: true)
      nextPending = 0
    }
    return step
  }

  /// Notes what a device writes into the buffers of requests.
  mutating func watch(
    _ record: MemoryRecord, _ bytes: RawSpan, _ rings: [FollowedRing], _ devices: DeviceTable
  ) {
    written.watch(record, bytes, rings, devices)
  }

  /// Takes a step of a controlq's ring, before the session does.
  mutating func note(
    _ step: Transaction, _ ring: FollowedRing, _ devices: DeviceTable,
    _ memory: inout RecordedMemory
  ) {
    guard step.hasValue else { return }
    switch step.kind {
    case .bufferAvailable: noteRequest(step, ring, devices.toldChain(of: ring.device), &memory)
    case .bufferUsed: noteResponses(step, ring, devices)
    default: break
    }
  }

  private mutating func noteRequest(
    _ step: Transaction, _ ring: FollowedRing, _ told: ToldChain, _ memory: inout RecordedMemory
  ) {
    let id = UInt32(truncatingIfNeeded: step.value)
    requests.removeAll { $0.isOf(ring, id) }
    guard told.facts.isWalked else { return }
    let bytes = memory.bytes(
      of: told.buffers, writable: false, limit: GPUControlHeader.byteCount)
    if let header = GPUControlHeader(bytes.rawBytes), requests.count < Self.requestLimit {
      requests.append(
        Request(
          device: ring.device, queue: ring.queue, id: id,
          wantsUUID: header.type == GPUControlType.assignUUID.rawValue))
    }
    // The driver writes the request anew for the next one, and the device its response.
    memory.forget(told.buffers, limit: GPUUUIDResponse.byteCount)
    written.forget(told.buffers)
  }

  private mutating func noteResponses(
    _ step: Transaction, _ ring: FollowedRing, _ devices: DeviceTable
  ) {
    guard let state = devices.ring(of: ring.device, queue: ring.queue) else { return }
    let id = UInt32(truncatingIfNeeded: step.value)
    guard let chain = state.outstanding(id) else { return }
    if state.isInOrder {
      // The entry stands for all that came before, and has the length of the last.
      _ = state.firstOutstanding { other, buffers in
        if other.order == chain.order { return true }
        take(step, ring, other.facts.id, nil, buffers)
        return false
      }
    }
    take(step, ring, id, step.index, state.buffers(of: id))
  }

  /// Takes a response of which the device gave the length, unless one entry stands for several.
  private mutating func take(
    _ step: Transaction, _ ring: FollowedRing, _ id: UInt32, _ length: UInt32?,
    _ buffers: [RingBuffer]
  ) {
    let place = requests.firstIndex { $0.isOf(ring, id) }
    let wantsUUID = place.map { requests.remove(at: $0).wantsUUID }
    if wantsUUID == false { return }
    let limit = GPUUUIDResponse.byteCount
    let bytes = written.memory.bytes(of: buffers, writable: true, limit: limit)
    let counted = bytes.prefix(Int(min(length ?? .max, UInt32(limit))))
    var uuid: ExportedUUID?
    if let header = GPUControlHeader(Array(counted).rawBytes) {
      guard header.type == GPUControlType.okUUID.rawValue else { return }
      if let response = GPUUUIDResponse(Array(counted).rawBytes) {
        uuid = ExportedUUID(high: response.high, low: response.low)
      }
    } else if wantsUUID == nil {
      return
    }
    var export = ExportedUUID.step(uuid, at: step.reference, queue: ring.queue, id: id)
    if step.traits.contains(.fromSnapshot) { export.traits.insert(.fromSnapshot) }
    pending.append(StepBuffer.Step(device: ring.device, transaction: export))
  }
}
