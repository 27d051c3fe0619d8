/// A view of one block of a pcapng file, whatever its type.
///
///      0      4              8        length-4
///      | type | total length | body … | total length |
///
/// Source: draft-ietf-opsawg-pcapng, "General Block Structure".
public struct PcapngBlock: ~Escapable {
  /// The whole block, both lengths included.
  public let bytes: RawSpan
  public let type: PcapngBlockType
  /// The byte order of the section.
  public let bigEndian: Bool

  /// Longest block that is believed; longer ones are damage.
  @inlinable public static var maximumLength: Int { 16 << 20 }

  /// Why no block can be viewed.
  public enum Obstacle: Error, Equatable, Sendable {
    /// The bytes end before the block does: at least this many are needed.
    case incomplete(needed: Int)
    /// The bytes are no block.
    case damaged(Damage)
  }

  /// What is wrong where a block should be.
  public enum Damage: Equatable, Sendable {
    /// A section header whose byte-order magic is neither 0x1a2b3c4d nor that swapped.
    case byteOrder(UInt32)
    /// A total length that no block of this type can have.
    case length(UInt32)
    /// The two total lengths differ.
    case lengthsDiffer(first: UInt32, last: UInt32)
    /// The block is longer than the window can be.
    case tooLong(Int)
  }

  /// Views the block at the beginning of `rest`; `bigEndian` is the order of the section that a
  /// block belongs to (a section header states its own).
  @inlinable @inline(__always) @_lifetime(copy rest)
  public init(_ rest: RawSpan, bigEndian: Bool) throws(Obstacle) {
    guard rest.byteCount >= 12 else { throw .incomplete(needed: 12) }
    let head = rest.extracting(first: 12)
    var isBig = bigEndian
    let type = PcapngBlockType(rawValue: head.integer(at: 0, bigEndian: isBig))
    if type == .sectionHeader {
      let magic = head.littleEndian(UInt32.self, at: 8)
      guard magic == 0x1a2b_3c4d || magic == 0x4d3c_2b1a else {
        throw .damaged(.byteOrder(magic))
      }
      isBig = magic == 0x4d3c_2b1a
    }
    let stated = head.integer(UInt32.self, at: 4, bigEndian: isBig)
    let length = Int(stated)
    guard length >= type.minimumLength, length & 3 == 0, length <= Self.maximumLength else {
      throw .damaged(.length(stated))
    }
    guard rest.byteCount >= length else { throw .incomplete(needed: length) }
    let bytes = rest.extracting(first: length)
    let last = bytes.integer(UInt32.self, at: length &- 4, bigEndian: isBig)
    guard last == stated else { throw .damaged(.lengthsDiffer(first: stated, last: last)) }
    self.bytes = bytes
    self.type = type
    self.bigEndian = isBig
  }

  /// The bytes between the lengths.
  @inlinable public var body: RawSpan {
    @_lifetime(copy self)
    get { bytes.extracting(8..<bytes.byteCount &- 4) }
  }
}

extension PcapngBlock.Damage: CustomStringConvertible {
  /// What was expected and what was found.
  public var description: String {
    switch self {
    case .byteOrder(let magic):
      "expected byte-order magic 0x1a2b3c4d in a section header, found 0x"
        + String(magic, radix: 16)
    case .length(let length):
      "expected a block length that is a multiple of 4 and fits the block, found \(length)"
    case .lengthsDiffer(let first, let last):
      "expected the block length \(first) again at the block's end, found \(last)"
    case .tooLong(let length):
      "expected a block of at most \(PcapngBlock.maximumLength) bytes, found \(length)"
    }
  }
}
