/// How a page of the kernel's ring buffer begins: `events/header_page`, which the file holds.
///
///     | timestamp | commit | data …
///       8           long     (offset and size by the file)
///
/// The lower bits of `commit` say how many bytes of data there are, bit 31 that events were lost
/// before this page, and bit 30 that their number stands behind the data.
public struct RingPageLayout: Sendable, Equatable, BitwiseCopyable {
  public var timestampOffset: Int
  public var commitOffset: Int
  /// Bytes of `commit`, which is a `long` of the recorded kernel.
  public var commitSize: Int
  public var dataOffset: Int

  /// The layout that every kernel so far has had, for a given size of `long`.
  public init(longSize: Int) {
    timestampOffset = 0
    commitOffset = 8
    commitSize = longSize
    dataOffset = 8 + longSize
  }

  /// Reads `header_page`; nil when a field is missing or of a size that cannot be.
  public init?(_ text: RawSpan) {
    var fields: [EventField] = []
    var start = 0
    while start < text.byteCount, fields.count < 16 {
      let end = text.find(UInt8(ascii: "\n"), from: start)
      if let field = EventField(line: text.extracting(start..<end)) { fields.append(field) }
      start = end + 1
    }
    guard let time = fields.first(where: { $0.name == "timestamp" }), time.size == 8,
      let commit = fields.first(where: { $0.name == "commit" }),
      commit.size == 4 || commit.size == 8,
      let data = fields.first(where: { $0.name == "data" }), data.offset <= 256,
      time.offset <= data.offset - 8, commit.offset <= data.offset - commit.size
    else { return nil }
    timestampOffset = time.offset
    commitOffset = commit.offset
    commitSize = commit.size
    dataOffset = data.offset
  }

  /// Whether a page can be so large: the kernel's sub-buffers are powers of two of pages.
  public static func isPageSize(_ size: UInt64) -> Bool {
    512...(16 << 20) ~= size && size & (size - 1) == 0
  }
}
