/// The name that a device gives to an object that it exports, with its bytes in the order in which they
/// lie in memory.
///
/// Spec: 2.11, Exporting Objects
public struct ExportedUUID: Sendable, Equatable, BitwiseCopyable {
  /// The first eight bytes, the very first one uppermost.
  public var high: UInt64
  /// The last eight bytes, likewise.
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// What an `objectExported` step tells; nil where the recording does not have it.
  public init?(_ step: Transaction) {
    guard step.kind == .objectExported, step.hasValue else { return nil }
    self.init(high: step.value, low: step.mask)
  }

  /// The UUID that `text` is: 32 hexadecimal digits in five groups.
  public init?(_ text: String) {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
      let high = UInt64(groups[0...2].joined(), radix: 16),
      let low = UInt64(groups[3...4].joined(), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The version, which the number says that stands uppermost in byte 6.
  ///
  /// Source: RFC 4122, 4.1.3
  public var version: UInt8 { UInt8(truncatingIfNeeded: high &>> 12) & 0xf }

  /// Whether the uppermost bits of byte 8 name the layout of RFC 4122.
  ///
  /// Source: RFC 4122, 4.1.1
  public var hasVariant: Bool { low &>> 62 == 0b10 }

  /// The same where the number of each field begins with its lowest byte.
  public var swapped: ExportedUUID {
    let first = UInt64(UInt32(truncatingIfNeeded: high &>> 32).byteSwapped)
    let second = UInt64(UInt16(truncatingIfNeeded: high &>> 16).byteSwapped)
    let third = UInt64(UInt16(truncatingIfNeeded: high).byteSwapped)
    return ExportedUUID(high: first &<< 32 | second &<< 16 | third, low: low)
  }

  /// `6ba7b810-9dad-41d1-80b4-00c04fd430c8`
  public var text: String {
    let groups: [(word: UInt64, shift: UInt64, digits: Int)] = [
      (high, 32, 8), (high, 16, 4), (high, 0, 4), (low, 48, 4), (low, 0, 12),
    ]
    return groups.map { group in
      let bits = UInt64(4 &* group.digits)
      let value = group.word &>> group.shift & (1 &<< bits &- 1)
      return String(Transaction.hexText(value, group.digits).dropFirst(2))
    }.joined(separator: "-")
  }

  /// The step that tells of an export, which nil makes one whose UUID is not known.
  public static func step(
    _ uuid: ExportedUUID?, at reference: RecordReference, queue: Int32, id: UInt32
  ) -> Transaction {
    var step = Transaction(
      .objectExported, at: reference, value: uuid?.high ?? 0, mask: uuid?.low ?? 0, queue: queue,
      index: id, traits: .byDevice)
    if uuid == nil { step.traits.insert(.unknownValue) }
    return step
  }
}
