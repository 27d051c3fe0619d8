internal import Wire

/// Follows the rings of every device through the memory records of a recording.
///
/// Records of one kind and one time are one look: their order tells nothing. What a look shows is told
/// when it is over, a step at a time, so that each is judged against a session that took all before
/// it. What happens to what is not the writer's (a descriptor that is in use, an entry that was
/// published, a ring of a device that was reset) is noticed as the record comes, because the memory
/// then holds what was there before.
///
/// Rests on the encapsulation, kind 7.
struct RingFollower: Sendable {
  private var memory = RecordedMemory()
  private var rings: [FollowedRing] = []
  private var admin = AdminFollower()
  private var exports = ExportFollower()
  private var requests = RequestFollower()
  /// Rings that ended, by reset or by being disabled, newest last.
  private var ended: [FollowedRing] = []
  private var version: UInt64 = .max
  /// Where all areas lie, so that most records are passed by at once.
  private var lowest: UInt64 = .max
  private var highest: UInt64 = 0

  /// A look is being taken in, and not told yet.
  private(set) var isOpen = false
  private var look: Look?
  private var alarms: [StepBuffer.Step] = []
  private var nextAlarm = 0
  private var nextRing = 0

  /// Queues that are followed at once, over all devices.
  private static var ringLimit: Int { 512 }
  private static var endedLimit: Int { 128 }
  /// Alarms of one look that are kept.
  private static var alarmLimit: Int { 1024 }

  /// What the records of a look have in common.
  private struct Look: Equatable {
    var time: Int64
    var code: UInt32
  }
  private var reference = RecordReference.none

  /// Whether `access` belongs to the look that is open.
  func goesOn(with access: Access) -> Bool {
    access.kind == .memory && look == Look(time: access.time, code: access.code)
  }

  /// Takes a memory record.
  mutating func receive(_ access: Access, payload: RawSpan, devices: inout DeviceTable) {
    if devices.queueVersion != version { rebuild(&devices) }
    isOpen = true
    look = Look(time: access.time, code: access.code)
    reference = RecordReference(access)
    let (end, wraps) = access.address.addingReportingOverflow(UInt64(max(access.width, 1)) &- 1)
    guard !wraps, access.width > 0 else { return }
    let record = MemoryRecord(access: access, last: end)
    let bytes = access.hasData ? payload.data(of: access) : payload.extracting(0..<0)
    var isInRing = false
    if record.first <= highest, record.last >= lowest {
      for place in rings.indices where rings[place].overlaps(record) {
        isInRing = true
        devices.meetRing(of: rings[place].device, queue: rings[place].queue)
        watch(place, record, bytes, devices)
        rings[place].touch(record)
      }
      if !isInRing, record.isByDevice { watchEnded(record, devices) }
    }
    if !isInRing { watchBuffers(record, devices) }
    if record.isByDevice, !isInRing {
      if admin.isOn { admin.watch(record, bytes, rings, devices) }
      if exports.isOn { exports.watch(record, bytes, rings, devices) }
      if requests.isOn { requests.watch(record, bytes, rings, devices) }
    }
    store(record, bytes, isInRing: isInRing)
  }

  /// Puts the bytes into memory; what a device wrote into a buffer is not needed.
  private mutating func store(_ record: MemoryRecord, _ bytes: RawSpan, isInRing: Bool) {
    guard isInRing || !record.isByDevice else { return }
    if bytes.byteCount > 0, !memory.write(bytes, at: record.first) {
      memory.keep(only: rings.flatMap(\.ranges))
      _ = memory.write(bytes, at: record.first)
    }
    // Of a write the bytes that were not captured are unknown; a snapshot changes nothing.
    let captured = UInt64(bytes.byteCount)
    if !record.isSnapshot, record.last &- record.first >= captured {
      memory.forget((record.first &+ captured)...record.last)
    }
  }

  /// The next step of the look, nil when all is told, which ends it.
  mutating func next(_ devices: inout DeviceTable) -> StepBuffer.Step? {
    while nextAlarm < alarms.count {
      nextAlarm += 1
      return alarms[nextAlarm - 1]
    }
    if let step = admin.next(&devices) ?? exports.next() ?? requests.next(&devices) { return step }
    while nextRing < rings.count {
      if !rings[nextRing].touched.isEmpty, let step = step(of: nextRing, &devices) { return step }
      rings[nextRing].endLook()
      nextRing += 1
    }
    alarms.removeAll(keepingCapacity: true)
    nextAlarm = 0
    nextRing = 0
    isOpen = false
    look = nil
    return nil
  }

  private mutating func step(of place: Int, _ devices: inout DeviceTable) -> StepBuffer.Step? {
    let (device, queue) = (rings[place].device, rings[place].queue)
    let transaction = devices.nextRingStep(
      of: device, queue: queue, in: memory, touched: &rings[place].touched,
      code: look?.code ?? 0, at: reference)
    if let transaction {
      switch rings[place].content {
      case .administration: admin.note(transaction, rings[place], devices, &memory)
      case .gpuControl: exports.note(transaction, rings[place], devices, &memory)
      case .request(let content):
        requests.note(transaction, rings[place], content, devices, &memory)
      case .opaque: break
      }
      if transaction.kind == .bufferUsed, rings[place].layout.isPacked,
        let slot = devices.ring(of: device, queue: queue)?.nextUsed
      {
        rings[place].noteUsed(slot)
      }
      return StepBuffer.Step(device: device, transaction: transaction)
    }
    while let written = rings[place].strayWrite() {
      guard let state = devices.ring(of: device, queue: queue) else { return nil }
      if let step = rings[place].step(of: written, state, in: memory, at: reference) {
        return StepBuffer.Step(device: device, transaction: step)
      }
    }
    return nil
  }

  // MARK: Which rings there are

  /// Looks anew for the queues that are enabled.
  private mutating func rebuild(_ devices: inout DeviceTable) {
    version = devices.queueVersion
    var found: [FollowedRing] = []
    for index in 0..<devices.count {
      for ring in devices.followedRings(of: index) where found.count < Self.ringLimit {
        found.append(rings.first { $0.isSame(as: ring) } ?? ring)
        found[found.count - 1].content = ring.content
        found[found.count - 1].netHeader = ring.netHeader
        found[found.count - 1].mergesPackets = ring.mergesPackets
      }
    }
    for ring in rings where !found.contains(where: { $0.isSame(as: ring) }) {
      if ended.count >= Self.endedLimit { ended.removeFirst() }
      ended.append(ring)
      // What an earlier life left there must not be taken for what the next one does.
      for range in ring.ranges { memory.forget(range) }
    }
    rings = found
    admin.isOn = found.contains { $0.content.reader == .administration }
    exports.isOn = found.contains { $0.content.reader == .gpuControl }
    requests.isOn = found.contains { $0.content.reader == .request }
    let ranges = (rings + ended).flatMap(\.ranges)
    lowest = ranges.map(\.lowerBound).min() ?? .max
    highest = ranges.map(\.upperBound).max() ?? 0
  }

  // MARK: Alarms

  private mutating func alarm(
    _ kind: Transaction.Kind, _ ring: FollowedRing, index: UInt32, value: UInt64 = 0,
    _ record: MemoryRecord
  ) {
    guard alarms.count < Self.alarmLimit else { return }
    var step = Transaction(
      kind, at: reference, value: value, queue: ring.queue, index: index)
    if record.isByDevice { step.traits.insert(.byDevice) }
    if record.isSnapshot { step.traits.insert(.fromSnapshot) }
    alarms.append(StepBuffer.Step(device: ring.device, transaction: step))
  }

  /// Looks for changes of what is in use or published, before they are in memory.
  private mutating func watch(
    _ place: Int, _ record: MemoryRecord, _ bytes: RawSpan, _ devices: DeviceTable
  ) {
    if let range = record.overlap(with: rings[place].descriptorRange),
      let state = devices.ring(of: rings[place].device, queue: rings[place].queue), state.isLive
    {
      watchDescriptors(place, state, range, record, bytes)
    }
    if !rings[place].layout.isPacked, !record.isSnapshot {
      watchEntries(place, record, bytes, devices)
    }
  }

  /// The entries of the ring that the writer of the record owns.
  private mutating func watchEntries(
    _ place: Int, _ record: MemoryRecord, _ bytes: RawSpan, _ devices: DeviceTable
  ) {
    let layout = rings[place].layout
    let isUsedRing = record.isByDevice
    let width: UInt64 = isUsedRing ? 8 : 2
    let first = (isUsedRing ? layout.deviceArea : layout.driverArea) &+ 4
    let entries = first...(first &+ width &* UInt64(layout.size) &- 1)
    guard let range = record.overlap(with: entries),
      let state = devices.ring(of: rings[place].device, queue: rings[place].queue), state.isLive
    else { return }
    for slot in (range.lowerBound &- first) / width...(range.upperBound &- first) / width
    where state.isPublished(UInt32(slot), inUsedRing: isUsedRing)
      && changes(first &+ slot &* width, width, record, bytes)
    {
      alarm(
        isUsedRing ? .usedEntryChanged : .availableEntryChanged, rings[place],
        index: UInt32(slot), record)
    }
  }

  private mutating func watchDescriptors(
    _ place: Int, _ state: RingState, _ range: ClosedRange<UInt64>, _ record: MemoryRecord,
    _ bytes: RawSpan
  ) {
    let layout = rings[place].layout
    let first = (range.lowerBound &- layout.descriptors) / 16
    let last = (range.upperBound &- layout.descriptors) / 16
    if layout.isPacked {
      // What was not captured tells nothing.
      let captured = record.first &+ UInt64(bytes.byteCount)
      guard captured > range.lowerBound else { return }
      let end = min(last, (captured &- 1 &- layout.descriptors) / 16)
      return watchSlots(place, state, UInt32(first)...UInt32(end), record, bytes)
    }
    for index in first...last {
      let slot = UInt32(index)
      // The device has no business in a split ring's table.
      if record.isByDevice {
        alarm(.descriptorChanged, rings[place], index: slot, record)
      } else if state.isInUse(slot),
        changes(layout.descriptors &+ 16 &* index, 16, record, bytes)
      {
        let owner = state.owner(of: slot)?.facts.id ?? 0
        alarm(.descriptorChanged, rings[place], index: slot, value: UInt64(owner), record)
      }
    }
  }

  /// The same for the slots of a packed ring, in which the device writes used descriptors.
  private mutating func watchSlots(
    _ place: Int, _ state: RingState, _ slots: ClosedRange<UInt32>, _ record: MemoryRecord,
    _ bytes: RawSpan
  ) {
    let ring = rings[place]
    guard state.isPlaceKnown else { return }
    var mayBeStale = !record.isByDevice && state.isComplete && !state.lastAvailable.isSet
    for slot in slots {
      let change = SlotChange(slot, at: ring.address(of: slot), record, bytes, in: memory)
      if record.isByDevice {
        rings[place].deviceWrote(change)
      } else if !record.isSnapshot, let kind = change.driverDeed(state) {
        let owner = state.owner(of: slot)?.facts.id ?? 0
        let value = kind == .bitsWrong ? UInt64(change.flags) : UInt64(owner)
        alarm(kind, ring, index: slot, value: value, record)
      }
      if mayBeStale, change.showsUsed {
        mayBeStale = false
        alarm(.ringNotZero, ring, index: slot, record)
      }
    }
  }

  /// Whether the record changes any of the `count` bytes at `address`, as far as both are known.
  private func changes(
    _ address: UInt64, _ count: UInt64, _ record: MemoryRecord, _ bytes: RawSpan
  ) -> Bool {
    for place in max(address, record.first)...min(address &+ count &- 1, record.last) {
      let offset = Int(truncatingIfNeeded: place &- record.first)
      guard offset < bytes.byteCount, let old = memory.span(at: place, count: 1) else { continue }
      if old.byte(at: 0) != bytes.byte(at: offset) { return true }
    }
    return false
  }

  /// Looks for a device that goes on with rings that ended.
  private mutating func watchEnded(_ record: MemoryRecord, _ devices: DeviceTable) {
    for ring in ended.reversed() {
      // Only what has the shape of a ring's own writes: a buffer may lie there by now.
      guard let area = ring.ringWrite(record), !isInWritableBuffer(record, devices) else {
        continue
      }
      let isOfThisLife = devices.session(of: ring.device) == ring.session
      // A queue that was set up elsewhere in a later life says nothing of an old one's place.
      if !isOfThisLife, devices.ring(of: ring.device, queue: ring.queue) != nil { continue }
      return alarm(.endedRingWritten, ring, index: area, value: record.first, record)
    }
  }

  private func isInWritableBuffer(_ record: MemoryRecord, _ devices: DeviceTable) -> Bool {
    for place in rings.indices {
      let found = devices.firstOutstanding(of: rings[place].device, queue: rings[place].queue) {
        $1.contains { $0.isWritable && record.overlaps($0) }
      }
      if found != nil { return true }
    }
    return false
  }

  /// Looks for a write that begins in a buffer for the device to write and goes beyond its end, into
  /// nothing that the device may write.
  private mutating func watchEnd(_ record: MemoryRecord, _ devices: DeviceTable) {
    var over: (place: Int, id: UInt32, end: UInt64)?
    for place in rings.indices {
      let chain = devices.firstOutstanding(of: rings[place].device, queue: rings[place].queue) {
        chain, buffers in
        for buffer in buffers where buffer.isWritable && buffer.length > 0 {
          let last = buffer.address &+ UInt64(buffer.length) &- 1
          guard buffer.address <= record.first, record.first <= last, last < record.last else {
            continue
          }
          over = (place, chain.facts.id, last)
          return true
        }
        return false
      }
      if chain != nil { break }
    }
    guard let over else { return }
    var rest = record
    rest.first = over.end &+ 1
    if isInWritableBuffer(rest, devices) { return }
    alarm(.bufferChanged, rings[over.place], index: 2, value: UInt64(over.id), record)
  }

  /// Looks for writes to tables and buffers that the writer must leave alone.
  private mutating func watchBuffers(_ record: MemoryRecord, _ devices: DeviceTable) {
    if record.isByDevice, isInWritableBuffer(record, devices) {
      return watchEnd(record, devices)
    }
    // A record does not say which device wrote: with several, it may be one whose rings are not known.
    if record.isByDevice, devices.count > 1 { return }
    for place in rings.indices {
      let (device, queue) = (rings[place].device, rings[place].queue)
      if record.isByDevice {
        let read = devices.firstOutstanding(of: device, queue: queue) {
          $1.contains { !$0.isWritable && record.overlaps($0) }
        }
        if let read {
          alarm(.bufferChanged, rings[place], index: 0, value: UInt64(read.facts.id), record)
          continue
        }
        let late = devices.ring(of: device, queue: queue)?.chains.firstUsed { chain, buffers in
          buffers.contains { $0.isWritable && record.overlaps($0) }
        }
        if let late {
          alarm(.bufferChanged, rings[place], index: 1, value: UInt64(late.facts.id), record)
        }
      } else {
        let table = devices.firstOutstanding(of: device, queue: queue) { chain, _ in
          chain.facts.tableCount > 0
            && record.overlaps(chain.facts.table, count: 16 &* UInt64(chain.facts.tableCount))
        }
        if let table {
          alarm(.tableChanged, rings[place], index: 0, value: UInt64(table.facts.id), record)
        }
      }
    }
  }
}
