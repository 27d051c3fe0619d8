/// Where a record stands: enough to find it again in the recording.
public struct RecordReference: Sendable, BitwiseCopyable, Hashable, Comparable {
  /// Number of the record, from 1; 0 is no record.
  public var record: UInt64
  /// Nanoseconds on the recording's clock.
  public var time: Int64
  /// Byte offset in the file as given, or line from 1.
  public var location: UInt64

  public init(record: UInt64, time: Int64, location: UInt64) {
    self.record = record
    self.time = time
    self.location = location
  }

  public init(_ access: Access) {
    self.init(record: access.record, time: access.time, location: access.location)
  }

  /// The reference that names nothing.
  public static var none: RecordReference { RecordReference(record: 0, time: 0, location: 0) }

  /// Whether this names a record.
  public var isSet: Bool { record != 0 }

  public static func < (a: RecordReference, b: RecordReference) -> Bool { a.record < b.record }
}
