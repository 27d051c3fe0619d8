internal import Model
internal import Wire

/// The section that is being read: its byte order and interfaces, and what its blocks mean.
struct PcapngSection {
  private(set) var bigEndian = false
  private var interfaces: [PcapngInterface] = []
  /// What every packet asks of its interface, kept for the one that was asked last.
  private var current = Current(number: .max, scale: PcapngTimeScale(), carriesAccesses: false)

  private struct Current: BitwiseCopyable {
    var number: UInt32
    var scale: PcapngTimeScale
    var carriesAccesses: Bool
  }
  /// Remarks kept of one input at most, so that a file of comments is not held in memory.
  private static var remarkLimit: Int { 64 }

  /// Takes one block; returns the access that it carries.
  ///
  /// - Parameters:
  ///   - position: offset of the block in the window.
  ///   - location: offset of the block in the file.
  @inline(__always)
  mutating func take(
    _ block: PcapngBlock, at position: Int, location: UInt64, tally: inout PacketTally,
    summary: inout InputSummary
  ) -> Access? {
    if block.type == .enhancedPacket {
      return enhanced(block, position, location, &tally, &summary)
    }
    return takeRare(block, at: position, location: location, tally: &tally, summary: &summary)
  }

  private mutating func takeRare(
    _ block: PcapngBlock, at position: Int, location: UInt64, tally: inout PacketTally,
    summary: inout InputSummary
  ) -> Access? {
    switch block.type {
    case .simplePacket:
      return simple(block, position, location, &tally, &summary)
    case .obsoletePacket:
      return obsolete(block, position, location, &tally, &summary)
    case .sectionHeader:
      begin(block, location, &summary)
    case .interfaceDescription:
      describe(block, location, &summary)
    case .interfaceStatistics:
      statistics(block)
    case .nameResolution, .decryptionSecrets:
      // Known, and of no use for accesses.
      break
    default:
      skip(block, before: tally.records &+ 1, &summary)
    }
    return nil
  }

  /// What a damaged block may have said is not known: after a section header that is the
  /// interfaces.
  mutating func passDamage(_ rest: RawSpan) {
    guard rest.byteCount >= 4,
      rest.littleEndian(UInt32.self, at: 0) == PcapngBlockType.sectionHeader.rawValue
    else { return }
    interfaces = []
    current.number = .max
  }

  /// Writes the counts of the section's interfaces into `summary`.
  mutating func close(_ summary: inout InputSummary) {
    for interface in interfaces {
      if interface.foreign.count > 0 {
        summary.skip(
          interface.linkType.description, record: interface.foreign.first,
          count: interface.foreign.count)
      }
      summary.lost &+= max(interface.statedDrops, interface.countedDrops)
    }
    interfaces = []
    current.number = .max
  }

  private mutating func begin(
    _ block: PcapngBlock, _ location: UInt64, _ summary: inout InputSummary
  ) {
    close(&summary)
    bigEndian = block.bigEndian
    guard let header = SectionHeader(block) else { return }
    if header.major != 1 {
      summary.note(
        "expected version 1 of pcapng, found \(header.major).\(header.minor)", at: location)
    }
    var options = header.options
    while let option = options.next() {
      let text = PcapngInterface.text(option.value)
      switch option.code {
      case PcapngOptions.comment: remark("comment: \(text)", &summary)
      case SectionHeader.applicationOption: remark("written by \(text)", &summary)
      default: break
      }
    }
    if options.isDamaged { noteOptions(location, &summary) }
  }

  private mutating func describe(
    _ block: PcapngBlock, _ location: UInt64, _ summary: inout InputSummary
  ) {
    guard let description = InterfaceDescription(block) else { return }
    let interface = PcapngInterface(description, number: interfaces.count)
    for text in interface.remarks { remark(text, &summary) }
    if interface.isDamaged { noteOptions(location, &summary) }
    interfaces.append(interface)
  }

  private mutating func statistics(_ block: PcapngBlock) {
    guard let statistics = InterfaceStatistics(block), let drops = statistics.drops,
      statistics.interface < UInt32(clamping: interfaces.count)
    else { return }
    // Each block counts from the beginning of the capture.
    interfaces[Int(statistics.interface)].statedDrops = drops
  }

  private func skip(_ block: PcapngBlock, before record: UInt64, _ summary: inout InputSummary) {
    var reason = "block of unknown type 0x" + String(block.type.rawValue, radix: 16)
    if let name = block.type.name { reason = "\(name) block" }
    if block.type == .custom || block.type == .customNotCopied,
      let custom = CustomBlock(block)
    {
      reason += " of enterprise \(custom.enterprise)"
    }
    // A hostile file may name any number of types.
    let known = summary.skipped.count < 32 || summary.skipped.contains { $0.reason == reason }
    summary.skip(known ? reason : "other block", record: record)
  }

  private func noteOptions(_ location: UInt64, _ summary: inout InputSummary) {
    summary.note("expected options that fit their block, found one that does not", at: location)
  }

  private func remark(_ text: String, _ summary: inout InputSummary) {
    if summary.remarks.count < Self.remarkLimit, !summary.remarks.contains(text) {
      summary.remarks.append(text)
    }
  }
}

extension PcapngSection {
  @inline(__always)
  private mutating func enhanced(
    _ block: PcapngBlock, _ position: Int, _ location: UInt64, _ tally: inout PacketTally,
    _ summary: inout InputSummary
  ) -> Access? {
    guard let packet = EnhancedPacket(block) else {
      return refuseLength(location, &tally, &summary)
    }
    let number = packet.interface
    if number != current.number, !select(number) {
      return refuseInterface(number, location, &tally, &summary)
    }
    let time = current.scale.nanoseconds(packet.timestamp)
    tally.count(time: time)
    if packet.hasOptions { options(packet, Int(number), tally.records, &summary) }
    guard current.carriesAccesses else {
      return takeOther(
        packet.data, of: Int(number),
        Other(
          time: time, dataOffset: position &+ EnhancedPacket.dataOffset, location: location,
          length: packet.originalLength), &tally, &summary)
    }
    return tally.access(
      packet.data, time: time, dataOffset: position &+ EnhancedPacket.dataOffset,
      location: location, isCut: packet.originalLength > UInt32(clamping: packet.data.byteCount),
      summary: &summary)
  }

  /// Makes an interface the current one; false when the section describes none of this number.
  private mutating func select(_ number: UInt32) -> Bool {
    guard number < UInt32(clamping: interfaces.count) else { return false }
    let interface = interfaces[Int(number)]
    current = Current(
      number: number, scale: interface.scale, carriesAccesses: interface.carriesAccesses)
    return true
  }

  private mutating func options(
    _ packet: borrowing EnhancedPacket, _ interface: Int, _ record: UInt64,
    _ summary: inout InputSummary
  ) {
    var options = packet.options
    while let option = options.next() {
      if option.code == PcapngOptions.comment, summary.remarks.count < Self.remarkLimit {
        remark("comment on packet \(record): \(PcapngInterface.text(option.value))", &summary)
      } else if option.code == EnhancedPacket.dropCountOption, option.value.byteCount == 8 {
        interfaces[interface].countedDrops &+= option.value.integer(
          UInt64.self, at: 0, bigEndian: bigEndian)
      }
    }
  }

  private mutating func obsolete(
    _ block: PcapngBlock, _ position: Int, _ location: UInt64, _ tally: inout PacketTally,
    _ summary: inout InputSummary
  ) -> Access? {
    guard let packet = ObsoletePacket(block) else {
      return refuseLength(location, &tally, &summary)
    }
    let number = Int(packet.interface)
    guard number < interfaces.count else {
      return refuseInterface(UInt32(packet.interface), location, &tally, &summary)
    }
    let time = interfaces[number].scale.nanoseconds(packet.timestamp)
    tally.count(time: time)
    if packet.drops != .max { interfaces[number].countedDrops &+= UInt64(packet.drops) }
    guard interfaces[number].carriesAccesses else {
      return takeOther(
        packet.data, of: number,
        Other(
          time: time, dataOffset: position &+ ObsoletePacket.dataOffset, location: location,
          length: packet.originalLength), &tally, &summary)
    }
    return tally.access(
      packet.data, time: time, dataOffset: position &+ ObsoletePacket.dataOffset,
      location: location, isCut: packet.originalLength > UInt32(clamping: packet.data.byteCount),
      summary: &summary)
  }

  private mutating func simple(
    _ block: PcapngBlock, _ position: Int, _ location: UInt64, _ tally: inout PacketTally,
    _ summary: inout InputSummary
  ) -> Access? {
    guard !interfaces.isEmpty else { return refuseInterface(0, location, &tally, &summary) }
    guard let packet = SimplePacket(block, snapLength: interfaces[0].snapLength) else {
      return refuseLength(location, &tally, &summary)
    }
    tally.count(time: nil)
    guard interfaces[0].carriesAccesses else {
      return takeOther(
        packet.data, of: 0,
        Other(
          time: tally.lastKnownTime, dataOffset: position &+ SimplePacket.dataOffset,
          location: location, length: packet.originalLength), &tally, &summary)
    }
    // A simple packet has no time: the last one that was told is the nearest.
    return tally.access(
      packet.data, time: tally.lastKnownTime, dataOffset: position &+ SimplePacket.dataOffset,
      location: location, isCut: packet.originalLength > UInt32(clamping: packet.data.byteCount),
      summary: &summary)
  }

  /// Where and when a packet is that carries no access.
  private struct Other {
    var time: Int64
    var dataOffset: Int
    var location: UInt64
    var length: UInt32
  }

  /// Takes a packet of another link type: one between sockets, or one that is passed over.
  private mutating func takeOther(
    _ packet: RawSpan, of number: Int, _ place: Other, _ tally: inout PacketTally,
    _ summary: inout InputSummary
  ) -> Access? {
    guard interfaces[number].linkType == .vsock else {
      if interfaces[number].foreign.count == 0 { interfaces[number].foreign.first = tally.records }
      interfaces[number].foreign.count &+= 1
      return nil
    }
    return tally.socketPacket(
      packet, time: place.time, dataOffset: place.dataOffset, location: place.location,
      length: place.length, summary: &summary)
  }

  private func refuseLength(
    _ location: UInt64, _ tally: inout PacketTally, _ summary: inout InputSummary
  ) -> Access? {
    tally.count(time: nil)
    tally.reject(
      "expected a captured length that fits the block, found a longer one", location: location,
      summary: &summary)
    return nil
  }

  private func refuseInterface(
    _ number: UInt32, _ location: UInt64, _ tally: inout PacketTally,
    _ summary: inout InputSummary
  ) -> Access? {
    tally.count(time: nil)
    tally.reject(
      "expected an interface that its section describes, found number \(number)",
      location: location, summary: &summary)
    return nil
  }
}
