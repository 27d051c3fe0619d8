public import Model
internal import Wire

/// Reads pcapng: every section, block and byte order of the IETF draft, and from the packets the
/// accesses of the vtrace encapsulation.
///
/// Whatever is damaged is noted with its offset and passed over; reading goes on at the next place
/// that is a block.
public struct PcapngReader {
  private var section = PcapngSection()
  private var tally = PacketTally()
  /// The bytes at `damage.place` are no block; the next one is being looked for.
  private var damage: Damage?

  private struct Damage {
    var place: UInt64
    var text: String
    /// Whether the input may just end here.
    var mayBeCut: Bool
  }

  public init() {}

  /// Whether `head` begins a pcapng file.
  static func recognizes(_ head: RawSpan) -> Bool {
    guard head.byteCount >= 12 else { return false }
    let magic = head.littleEndian(UInt32.self, at: 8)
    return head.littleEndian(UInt32.self, at: 0) == PcapngBlockType.sectionHeader.rawValue
      && (magic == 0x1a2b_3c4d || magic == 0x4d3c_2b1a)
  }

  /// Reads everything that `source` holds.
  public mutating func read(
    _ source: inout ByteSource, into sink: inout some (AccessSink & ~Copyable),
    summary: inout InputSummary
  ) throws(RecordingError) {
    summary.format = "pcapng"
    var batcher = AccessBatcher()
    var ended = false
    while true {
      let consumed = decode(
        source.bytes, at: source.windowOffset, ended: ended, batcher: &batcher, sink: &sink,
        summary: &summary)
      if ended { break }
      switch source.refill(consumed: consumed) {
      case .grew: break
      // A window has room for the longest block there is, so that it is never full.
      case .ended, .full: ended = true
      }
    }
    section.close(&summary)
    tally.finish(&summary)
    summary.evidence.formUnion(batcher.evidence)
  }

  /// Takes whole blocks from the window; what is consumed may be dropped.
  private mutating func decode(
    _ window: RawSpan, at windowOffset: UInt64, ended: Bool, batcher: inout AccessBatcher,
    sink: inout some (AccessSink & ~Copyable), summary: inout InputSummary
  ) -> Int {
    var rest = window
    var position = 0
    while true {
      if damage != nil {
        let skipped = search(rest, ended: ended)
        rest = rest.extracting(droppingFirst: skipped)
        position &+= skipped
        guard resume(at: windowOffset &+ UInt64(position), rest, ended, &summary) else { break }
      }
      let block: PcapngBlock
      do {
        block = try PcapngBlock(rest, bigEndian: section.bigEndian)
      } catch {
        let place = windowOffset &+ UInt64(position)
        guard meet(error, at: place, rest, ended: ended, summary: &summary) else { break }
        continue
      }
      let access = section.take(
        block, at: position, location: windowOffset &+ UInt64(position), tally: &tally,
        summary: &summary)
      if let access { batcher.add(access, payload: window, into: &sink) }
      rest = rest.extracting(droppingFirst: block.bytes.byteCount)
      position &+= block.bytes.byteCount
    }
    batcher.flush(payload: window, into: &sink)
    return position
  }

  /// Handles what is no whole block; false when more bytes are needed, or there are no more.
  private mutating func meet(
    _ obstacle: PcapngBlock.Obstacle, at place: UInt64, _ rest: RawSpan, ended: Bool,
    summary: inout InputSummary
  ) -> Bool {
    switch obstacle {
    case .damaged(let found):
      damage = Damage(place: place, text: "\(found)", mayBeCut: false)
      section.passDamage(rest)
      return true
    case .incomplete(let needed):
      guard ended, rest.byteCount > 0 else { return false }
      // Either the file was cut here, or the length is wrong and blocks follow.
      damage = Damage(
        place: place,
        text: "expected a block of \(needed) bytes, found \(rest.byteCount) bytes to the end",
        mayBeCut: true)
      section.passDamage(rest)
      return true
    }
  }

  /// How many bytes to pass over until something that can only be a block, or to the end.
  private func search(_ rest: RawSpan, ended: Bool) -> Int {
    var place = 0
    // The last place where a block may begin.
    let last = rest.byteCount &- 12
    while place <= last {
      // No type is 0, and a damaged file may hold gigabytes of zeros: five places at a time.
      if rest.littleEndian(UInt64.self, at: place) == 0 {
        place &+= 5
        continue
      }
      let type = rest.integer(UInt32.self, at: place, bigEndian: section.bigEndian)
      if PcapngBlockType(rawValue: type).isKnown,
        isBlock(rest.extracting(droppingFirst: place), ended: ended)
      {
        return place
      }
      place &+= 1
    }
    return ended ? rest.byteCount : place
  }

  /// Whether a whole block stands at the beginning of `bytes`; when that cannot be told yet, it is
  /// taken for one, so that the caller asks for more.
  private func isBlock(_ bytes: RawSpan, ended: Bool) -> Bool {
    do {
      _ = try PcapngBlock(bytes, bigEndian: section.bigEndian)
      return true
    } catch .incomplete {
      return !ended
    } catch {
      return false
    }
  }

  /// Ends the search when it found a block, or the end; false to stop decoding.
  private mutating func resume(
    at place: UInt64, _ rest: RawSpan, _ ended: Bool, _ summary: inout InputSummary
  ) -> Bool {
    guard let from = damage else { return true }
    if rest.byteCount >= 12, (try? PcapngBlock(rest, bigEndian: section.bigEndian)) != nil {
      summary.note("\(from.text); went on at offset \(place)", at: from.place)
      damage = nil
      return true
    }
    guard ended else { return false }
    summary.note(from.text, at: from.place)
    if from.mayBeCut { summary.truncated = true }
    damage = nil
    return false
  }
}
