public import Model

/// Records as they came, with copies of their bytes.
public struct RawRecords: Sendable {
  /// Accesses in record order; `payloadOffset` is into `bytes`.
  public internal(set) var accesses: [Access] = []
  public internal(set) var bytes: [UInt8] = []

  public init() {}

  /// Bytes that are kept of one record.
  static var payloadLimit: Int { 64 << 10 }

  /// Copies a record.
  mutating func append(_ access: Access, payload: RawSpan) {
    var kept = access
    let start = access.payloadOffset
    let count = Int(access.payloadCount)
    kept.payloadOffset = bytes.count
    kept.payloadCount = 0
    if count > 0, start >= 0, start <= payload.byteCount, count <= payload.byteCount - start {
      let taken = min(count, Self.payloadLimit)
      if taken < count { kept.flags.insert(.truncatedData) }
      kept.payloadCount = UInt32(taken)
      append(payload.extracting(start..<start + taken))
    }
    accesses.append(kept)
  }

  private mutating func append(_ span: RawSpan) {
    // The bytes are read during the call, within the span.
    unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// The first access of a record; nil where it is not here.
  public func access(of record: UInt64) -> Access? {
    var low = 0
    var high = accesses.count
    while low < high {
      let middle = (low + high) / 2
      if accesses[middle].record < record { low = middle + 1 } else { high = middle }
    }
    return low < accesses.count && accesses[low].record == record ? accesses[low] : nil
  }

  /// The bytes of one of the accesses.
  public func payload(of access: Access) -> ArraySlice<UInt8> {
    let end = access.payloadOffset + Int(access.payloadCount)
    guard access.payloadOffset >= 0, end <= bytes.count else { return [] }
    return bytes[access.payloadOffset..<end]
  }
}
