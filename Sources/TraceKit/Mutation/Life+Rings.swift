import Model

/// Rings as memory records show them, and changes of their bytes.
extension Life {
  /// Where the bytes of something in memory stand: the access, and the place in its data.
  struct MemoryPlace {
    var access: Int
    var offset: Int
  }

  /// A descriptor of a ring or of an indirect table, with the place of its bytes.
  struct Descriptor {
    var place: MemoryPlace
    var address: UInt64
    var length: UInt64
    var flags: UInt64
    var next: UInt64
  }

  /// The layout of a split queue that is followed in this life.
  func layout(_ queue: Int32) -> QueueLayout? {
    session.rings.first { $0.queue == queue && !$0.layout.isPacked }?.layout
  }

  /// The last record by the driver (code 1) or the device (code 2) that holds `count` bytes from
  /// `address` on, at or before the access of `step`.
  func memory(_ address: UInt64, _ count: Int, by code: UInt32, before step: Step) -> MemoryPlace? {
    var index = step.access
    while index >= 0 {
      let access = recording.accesses[index]
      if access.kind == .memory, access.code == code, access.address <= address,
        address - access.address + UInt64(count) <= UInt64(access.payloadCount)
      {
        return MemoryPlace(access: index, offset: Int(address - access.address))
      }
      index -= 1
    }
    return nil
  }

  /// Other bytes at a place in memory.
  func patch(_ place: MemoryPlace, _ offset: Int, _ value: UInt64, _ count: Int, _ queue: Int32)
    -> Fault.Edit
  {
    var data = recording.bytes(at: place.access)
    let isBig = layout(queue)?.isBigEndian == true
    for index in 0..<count where place.offset + offset + index < data.count {
      let shift = UInt64(8 * (isBig ? count - 1 - index : index))
      data[place.offset + offset + index] = UInt8(truncatingIfNeeded: value >> shift)
    }
    return .replace(place.access, recording.accesses[place.access], data)
  }

  func number(_ place: MemoryPlace, _ offset: Int, _ count: Int, isBig: Bool) -> UInt64 {
    let data = recording.bytes(at: place.access)
    let bytes = data[(place.offset + offset)..<(place.offset + offset + count)]
    return (isBig ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The descriptor at `address`, as the driver wrote it last.
  func descriptor(at address: UInt64, of queue: Int32, before step: Step) -> Descriptor? {
    guard let layout = layout(queue), let place = memory(address, 16, by: 1, before: step) else {
      return nil
    }
    let isBig = layout.isBigEndian
    return Descriptor(
      place: place, address: number(place, 0, 8, isBig: isBig),
      length: number(place, 8, 4, isBig: isBig), flags: number(place, 12, 2, isBig: isBig),
      next: number(place, 14, 2, isBig: isBig))
  }

  /// The chain that a step makes available: its head, and what it links or the table holds.
  func chain(_ step: Step) -> (head: Descriptor, rest: [Descriptor])? {
    guard let layout = layout(step.queue),
      let head = descriptor(
        at: layout.descriptors + 16 * step.value, of: step.queue, before: step)
    else { return nil }
    let isTable = head.flags & 4 != 0
    var parts: [Descriptor] = []
    var next: UInt64? = isTable ? 0 : head.flags & 1 != 0 ? head.next : nil
    while let number = next, parts.count < 64 {
      let base = isTable ? head.address : layout.descriptors
      guard let part = descriptor(at: base + 16 * number, of: step.queue, before: step) else {
        break
      }
      parts.append(part)
      next = part.flags & 1 != 0 ? part.next : nil
    }
    return (head, parts)
  }

  /// The slot of the available ring that a step of `bufferAvailable` filled.
  func slot(_ step: Step) -> MemoryPlace? {
    guard let layout = layout(step.queue) else { return nil }
    let slot = UInt64(step.step.index) % UInt64(layout.size)
    return memory(layout.driverArea + 4 + 2 * slot, 2, by: 1, before: step)
  }

  /// Where the index of the available ring was written that a step tells.
  func availableIndex(_ step: Step) -> MemoryPlace? {
    layout(step.queue).flatMap { memory($0.driverArea + 2, 2, by: 1, before: step) }
  }

  /// Where the index of the used ring was written that a step tells.
  func usedIndex(_ step: Step) -> MemoryPlace? {
    layout(step.queue).flatMap { memory($0.deviceArea + 2, 2, by: 2, before: step) }
  }

  /// The entry of the used ring that an index behind it publishes.
  func usedEntry(_ step: Step) -> MemoryPlace? {
    guard let layout = layout(step.queue), step.kind == .usedIndex else { return nil }
    let slot = (step.value &- 1) % UInt64(layout.size)
    return memory(layout.deviceArea + 4 + 8 * slot, 8, by: 2, before: step)
  }

  /// Moves a record behind or before others.
  func move(_ index: Int, before place: Int) -> [Fault.Edit] {
    [.drop(index), .insert(place, recording.accesses[index], recording.bytes(at: index))]
  }

  /// A write of the device into memory before the access at `place`.
  func deviceWrite(_ address: UInt64, _ bytes: [UInt8], like model: Int, before place: Int)
    -> Fault.Edit
  {
    var access = recording.accesses[model]
    access.kind = .memory
    access.code = 2
    access.flags.remove(.toDevice)
    access.address = address
    access.width = UInt32(bytes.count)
    return .insert(place, access, bytes)
  }

  /// The used index that first publishes something behind `step`.
  func answer(to step: Step) -> Step? {
    steps.dropFirst(step.number).first { $0.kind == .usedIndex && $0.queue == step.queue }
  }
}
