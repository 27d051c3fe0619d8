internal import Model
internal import Wire

/// Turns the packets of a pcapng or pcap file into accesses, and counts those that are none.
///
/// Counts are kept as numbers while reading; their words are made once, at the end.
struct PacketTally {
  /// Packets seen, of every interface.
  private(set) var records: UInt64 = 0
  private var hasTime = false
  private var firstTime: Int64 = 0
  private var lastTime: Int64 = 0
  /// The time of the last packet that had one, else 0.
  var lastKnownTime: Int64 { lastTime }
  private var unknownKinds: [(count: UInt64, first: UInt64)] = []
  private var malformed: (count: UInt64, first: UInt64) = (0, 0)
  private var lost: UInt64 = 0
  private var lostUnknown = false
  private var context = HostContext()

  /// Flags that the encapsulation defines; the others are to be ignored.
  private static var knownFlags: UInt16 { 0x1f }

  /// Counts a packet; every packet has a number, whatever it is.
  @inline(__always)
  mutating func count(time: Int64?) {
    records &+= 1
    guard let time else { return }
    if !hasTime {
      hasTime = true
      firstTime = time
    }
    lastTime = time
  }

  /// The access that the last counted packet carries, nil when it carries none.
  ///
  /// - Parameters:
  ///   - dataOffset: offset of the packet's data in the window.
  ///   - location: offset in the file of the block or header, for messages.
  ///   - isCut: whether the packet was longer than what was captured.
  @inline(__always)
  mutating func access(
    _ packet: RawSpan, time: Int64, dataOffset: Int, location: UInt64, isCut: Bool,
    summary: inout InputSummary
  ) -> Access? {
    let view: EncapsulatedAccess
    do {
      view = try EncapsulatedAccess(packet)
    } catch {
      reject(error, location: location, summary: &summary)
      return nil
    }
    guard view.kind < 128, let kind = Access.Kind(rawValue: view.kind) else {
      countUnknown(view.kind)
      return nil
    }
    var access = Access(
      kind: kind, record: records, time: time, location: location, address: view.address,
      value: view.value, width: view.width, code: view.code,
      flags: Access.Flags(rawValue: view.flags & Self.knownFlags), cpu: view.cpu)
    let available = view.data.byteCount
    let isRegister = kind.rawValue <= Access.Kind.mmio.rawValue
    // Data of other kinds may well be shorter than their width: a command may transfer less.
    let isShort = available < Int(view.width) && (isRegister || kind == .memory)
    if isShort || isCut, !access.flags.contains(.unknownData) {
      access.flags.insert(available == 0 ? .unknownData : .truncatedData)
    }
    if available > 0, !isRegister || available > 8 || isShort {
      access.payloadOffset = dataOffset &+ EncapsulatedAccess.byteCount
      access.payloadCount = UInt32(truncatingIfNeeded: available)
    }
    if kind == .lostEvents { countLost(view.code) }
    if isRegister {
      context.apply(to: &access)
    } else if kind == .note, let note = HostNote(view.data, of: access) {
      switch note {
      case .event(let event): return event
      case .context(let told):
        context = told
        return nil
      }
    }
    return access
  }

  /// The packet between sockets that the last counted packet is, nil when it is none.
  mutating func socketPacket(
    _ packet: RawSpan, time: Int64, dataOffset: Int, location: UInt64, length: UInt32,
    summary: inout InputSummary
  ) -> Access? {
    guard SocketMonitorPacket(packet) != nil else {
      reject(
        "expected a vsock monitor header of \(SocketMonitorPacket.byteCount) bytes, found "
          + "\(packet.byteCount) bytes", location: location, summary: &summary)
      return nil
    }
    let isCut = UInt32(clamping: packet.byteCount) < length
    return Access(
      kind: .socketPacket, record: records, time: time, location: location, width: length,
      flags: isCut ? .truncatedData : [], payloadOffset: dataOffset,
      payloadCount: UInt32(clamping: packet.byteCount))
  }

  /// Adds to the events that the recorder lost.
  mutating func countLost(_ count: UInt32) {
    lost &+= UInt64(count)
    if count == 0 { lostUnknown = true }
  }

  /// Counts the last packet as malformed, and says once more where.
  mutating func reject(_ text: String, location: UInt64, summary: inout InputSummary) {
    summary.note("packet \(records): \(text)", at: location)
    if malformed.count == 0 { malformed.first = records }
    malformed.count &+= 1
  }

  private mutating func reject(
    _ defect: EncapsulatedAccess.Defect, location: UInt64, summary: inout InputSummary
  ) {
    let text =
      switch defect {
      case .tooShort(let count):
        "expected an access header of \(EncapsulatedAccess.byteCount) bytes, found \(count) bytes"
      case .noMagic(let magic):
        "expected an access header beginning with \"VT\", found 0x" + String(magic, radix: 16)
      case .version(let version):
        "expected version \(EncapsulatedAccess.version) of the encapsulation, found \(version)"
      }
    reject(text, location: location, summary: &summary)
  }

  private mutating func countUnknown(_ kind: UInt8) {
    if unknownKinds.isEmpty { unknownKinds = Array(repeating: (0, 0), count: 256) }
    if unknownKinds[Int(kind)].count == 0 { unknownKinds[Int(kind)].first = records }
    unknownKinds[Int(kind)].count &+= 1
  }

  /// Writes the counts into `summary`.
  func finish(_ summary: inout InputSummary) {
    summary.records = records
    summary.firstTime = hasTime ? firstTime : nil
    summary.lastTime = hasTime ? lastTime : nil
    summary.lost &+= lost
    if lostUnknown { summary.lostUnknown = true }
    if malformed.count > 0 {
      summary.skip("malformed packet", record: malformed.first, count: malformed.count)
    }
    for (kind, seen) in unknownKinds.enumerated() where seen.count > 0 {
      summary.skip("access of unknown kind \(kind)", record: seen.first, count: seen.count)
    }
  }
}
