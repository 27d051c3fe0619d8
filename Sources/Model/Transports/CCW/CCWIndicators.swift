import VirtioSpec
internal import Wire

extension CCWSubchannel {
  var usesIndicators: Bool {
    indicators != 0 || configIndicators != 0 || adapter.indicator != 0
  }
}

/// How a device tells its driver: it sets a bit, and then may make an interrupt pending.
///
/// The bit is the notification, for a summary byte that still stands set suppresses the interrupt.
/// Where a recording shows bits being set they are told; else an interrupt's own copy of them is.
/// That the guest clears bits is never recorded, so a byte in which nothing is new means the one
/// bit that is set, or, with several, a queue that cannot be named.
///
/// Spec: 4.3.3.1, Used Buffer Notifications and Configuration Change Notifications.
extension CCWTransport {
  /// A device has at most so many queues, and so bits.
  private static var bitLimit: UInt64 { 1024 }

  /// Widens the part of memory that is looked at to the indicators of a subchannel.
  mutating func watch(_ place: Int) {
    let subchannel = subchannels[place]
    let area = subchannel.adapter.indicator &+ subchannel.adapter.firstBit / 8
    for (address, size) in [
      (subchannel.indicators, 8), (subchannel.configIndicators, 8), (area, Self.bitLimit / 8),
      (subchannel.adapter.summary, 1),
    ] where address != 0 {
      let (end, overflows) = address.addingReportingOverflow(size)
      watchedFrom = min(watchedFrom, address)
      watchedTo = max(watchedTo, overflows ? .max : end)
    }
  }

  /// Takes memory that was written; what lies in no indicators is none of ours.
  mutating func receiveMemory(_ access: Access, payload: RawSpan, into steps: inout StepBuffer) {
    guard access.code == 1 || access.code == 2, access.address >= watchedFrom,
      access.address < watchedTo
    else { return }
    let data = payload.data(of: access)
    let reference = Origin(access)
    tellSummary(access, data, into: &steps)
    guard access.code == 2 else { return tellCleared(access, data, into: &steps) }
    for place in subchannels.indices where subchannels[place].device >= 0 {
      if covers(access, data, subchannels[place].indicators) {
        seesIndicators = true
        let word = word(data, at: subchannels[place].indicators &- access.address)
        tellQueues(place, word, reference, into: &steps)
      }
      if covers(access, data, subchannels[place].configIndicators) {
        seesIndicators = true
        let word = word(data, at: subchannels[place].configIndicators &- access.address)
        if word & 1 != 0 {
          tell(place, queue: -1, index: 1, reference, into: &steps)
        } else if word != 0, data.byteCount <= 16 {
          // More than both words would be a buffer in memory that they left.
          tell(place, .config, word, reference, into: &steps)
        }
      }
    }
    // A buffer that happens to lie between two indicators is no area of bits.
    if data.byteCount <= 8, owner(of: access.address, bit: 7) != nil {
      seesIndicators = true
      for offset in 0..<data.byteCount {
        tellAdapter(
          access.address &+ UInt64(offset), data.byte(at: offset), reference, into: &steps)
      }
    }
  }

  /// Takes an interrupt with the indicators as they then stood.
  mutating func receiveInterrupt(
    _ access: Access, _ data: RawSpan, into steps: inout StepBuffer
  ) {
    guard access.hasData, data.byteCount > 0, access.address != .max,
      let place = place(of: access.address), subchannels[place].device >= 0
    else { return }
    let reference = Origin(access)
    guard !seesIndicators else { return tellInterrupt(place, access, data, into: &steps) }
    if access.code == 2 {
      guard data.byteCount >= 16 else { return }
      let queues = data.bigEndian(UInt64.self, at: 0)
      if queues != 0 { tellQueues(place, queues, reference, into: &steps) }
      if data.bigEndian(UInt64.self, at: 8) & 1 != 0 {
        tell(place, queue: -1, index: 1, reference, into: &steps)
      }
      return
    }
    let area = subchannels[place].adapter.indicator
    guard area != 0 else { return tell(place, queue: -1, index: 2, reference, into: &steps) }
    for offset in 0..<min(data.byteCount, Int(Self.bitLimit / 8)) {
      tellAdapter(area &+ UInt64(offset), data.byte(at: offset), reference, into: &steps)
    }
  }

  /// Where a notification comes from.
  struct Origin {
    var reference: RecordReference
    var cpu: UInt16
    init(_ access: Access) {
      reference = RecordReference(access)
      cpu = access.cpu
    }
  }

  func covers(_ access: Access, _ data: RawSpan, _ address: UInt64) -> Bool {
    guard address != 0 else { return false }
    let offset = address &- access.address
    return offset < UInt64(data.byteCount) && UInt64(data.byteCount) - offset >= 8
  }

  func word(_ data: RawSpan, at offset: UInt64) -> UInt64 {
    data.bigEndian(UInt64.self, at: Int(truncatingIfNeeded: offset))
  }

  /// Classic indicators: bit n of a big-endian word is queue n.
  private mutating func tellQueues(
    _ place: Int, _ word: UInt64, _ origin: Origin, into steps: inout StepBuffer
  ) {
    let new = Self.news(word, subchannels[place].indicatorBits)
    subchannels[place].indicatorBits = word
    guard word != 0 else { return }
    guard let new else { return tell(place, queue: -1, index: 0, origin, into: &steps) }
    for queue in 0..<Int32(64) where new >> UInt64(queue) & 1 == 1 {
      tell(place, queue: queue, index: 0, origin, into: &steps)
    }
  }

  /// What `now` has that `before` had not; its one bit when there is nothing new; nil when that
  /// cannot be told.
  private static func news(_ now: UInt64, _ before: UInt64) -> UInt64? {
    let new = now & ~before
    if new != 0 { return new }
    return now.nonzeroBitCount == 1 ? now : nil
  }

  /// A byte of adapter indicators: bits are numbered from the left over the whole area.
  private mutating func tellAdapter(
    _ address: UInt64, _ byte: UInt8, _ origin: Origin, into steps: inout StepBuffer
  ) {
    guard let first = owner(of: address, bit: 0) ?? owner(of: address, bit: 7) else { return }
    let before = adapterBytes[address] ?? 0
    if adapterBytes.count < 4096 || adapterBytes[address] != nil { adapterBytes[address] = byte }
    guard byte != 0 else { return }
    guard let new = Self.news(UInt64(byte), UInt64(before)) else {
      return tell(first.place, queue: -1, index: 0, origin, into: &steps)
    }
    for bit in 0..<UInt64(8) where new >> (7 - bit) & 1 == 1 {
      guard let owner = owner(of: address, bit: bit) else { continue }
      tell(owner.place, queue: owner.queue, index: 0, origin, into: &steps)
    }
  }

  /// The device whose indicator is `bit` (from the left) of the byte at `address`: of those that
  /// share the area, the one that begins last before it.
  func owner(of address: UInt64, bit: UInt64) -> (place: Int, queue: Int32)? {
    var best: (place: Int, queue: UInt64)?
    for place in subchannels.indices where subchannels[place].device >= 0 {
      let adapter = subchannels[place].adapter
      guard adapter.indicator != 0, address >= adapter.indicator else { continue }
      let bytes = address - adapter.indicator
      guard bytes < 1 << 32 else { continue }
      let number = bytes * 8 + bit
      guard number >= adapter.firstBit, number - adapter.firstBit < Self.bitLimit else { continue }
      let queue = number - adapter.firstBit
      if best.map({ queue < $0.queue }) ?? true { best = (place, queue) }
    }
    return best.map { ($0.place, Int32(truncatingIfNeeded: $0.queue)) }
  }

  private func tell(
    _ place: Int, queue: Int32, index: UInt32, _ origin: Origin, into steps: inout StepBuffer
  ) {
    steps.append(
      Transaction(
        .interrupt, at: origin.reference, queue: queue, index: index, traits: .byDevice,
        cpu: origin.cpu),
      to: subchannels[place].device)
  }
}
