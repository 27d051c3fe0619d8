internal import Wire

/// What indicators and interrupts tell beside the notification itself, where a recording shows
/// indicators being written.
extension CCWTransport {
  /// An interrupt made pending, with the classic indicators as they then stood.
  mutating func tellInterrupt(
    _ place: Int, _ access: Access, _ data: RawSpan, into steps: inout StepBuffer
  ) {
    guard access.code == 2 || access.code == 3 else { return }
    var step = Transaction(
      .ccwInterrupt, at: RecordReference(access), mask: 0, index: UInt32(access.code),
      traits: .byDevice, cpu: access.cpu)
    if access.code == 2 {
      guard data.byteCount >= 16 else { return }
      step.value = data.bigEndian(UInt64.self, at: 0)
      step.mask = data.bigEndian(UInt64.self, at: 8)
    }
    steps.append(step, to: subchannels[place].device)
  }

  /// The summary byte, written by either side, to each device that has it.
  mutating func tellSummary(_ access: Access, _ data: RawSpan, into steps: inout StepBuffer) {
    // A buffer that happens to lie over it is no summary.
    guard data.byteCount <= 8 else { return }
    let origin = Origin(access)
    func holds(_ subchannel: CCWSubchannel) -> Bool {
      let summary = subchannel.adapter.summary
      return summary != 0 && subchannel.device >= 0 && summary >= access.address
        && summary - access.address < UInt64(data.byteCount)
    }
    let places = subchannels.indices.filter { holds(subchannels[$0]) }
    for place in places {
      let summary = subchannels[place].adapter.summary
      let isShared = places.contains { $0 != place && subchannels[$0].adapter.summary == summary }
      let byte = data.byte(at: Int(truncatingIfNeeded: summary - access.address))
      tell(
        place, isShared ? .sharedSummary : .summary, UInt64(byte), origin,
        byDevice: access.code == 2, into: &steps)
    }
  }

  /// Indicators that the driver cleared.
  mutating func tellCleared(_ access: Access, _ data: RawSpan, into steps: inout StepBuffer) {
    let origin = Origin(access)
    for place in subchannels.indices where subchannels[place].device >= 0 {
      if covers(access, data, subchannels[place].indicators) {
        let word = word(data, at: subchannels[place].indicators &- access.address)
        subchannels[place].indicatorBits = word
        tell(place, .queues, word, origin, byDevice: false, into: &steps)
      }
      if covers(access, data, subchannels[place].configIndicators) {
        let word = word(data, at: subchannels[place].configIndicators &- access.address)
        tell(place, .config, word, origin, byDevice: false, into: &steps)
      }
    }
    // A buffer that happens to lie between two indicators is no area of bits.
    guard data.byteCount <= 8 else { return }
    for offset in 0..<data.byteCount {
      tellCleared(
        at: access.address &+ UInt64(offset), data.byte(at: offset), origin, into: &steps)
    }
  }

  /// A byte of adapter indicators, to each device that had one of the bits that are clear now.
  private mutating func tellCleared(
    at address: UInt64, _ byte: UInt8, _ origin: Origin, into steps: inout StepBuffer
  ) {
    guard let before = adapterBytes[address] else { return }
    adapterBytes[address] = byte
    var told = -1
    for bit in 0..<UInt64(8) where (before & ~byte) >> (7 - bit) & 1 == 1 {
      guard let owner = owner(of: address, bit: bit), owner.place != told else { continue }
      told = owner.place
      tell(told, .area, UInt64(byte), origin, byDevice: false, into: &steps)
    }
  }

  func tell(
    _ place: Int, _ indicator: CCWIndicator, _ value: UInt64, _ origin: Origin,
    byDevice: Bool = true, into steps: inout StepBuffer
  ) {
    steps.append(
      Transaction(
        .indicator, at: origin.reference, value: value, index: indicator.rawValue,
        traits: byDevice ? .byDevice : [], cpu: origin.cpu),
      to: subchannels[place].device)
  }
}
