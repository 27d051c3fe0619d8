/// The layout of one kind of event: the kernel's `events/SYSTEM/NAME/format`, which the file holds.
///
///     name: kvm_mmio
///     ID: 38
///     format:
///         field:unsigned short common_type; offset:0; size:2; signed:0;
///         …
///         field:u64 gpa; offset:16; size:8; signed:0;
///     print fmt: "…"
///
/// Offsets differ from kernel to kernel and between architectures, so none is ever assumed.
public struct EventFormat: Sendable, Equatable {
  public var name: String
  /// The number that events of this kind carry.
  public var id: Int
  /// The fields that every event has (`common_type`, `common_pid`), then the event's own.
  public var fields: [EventField]

  /// Reads a format; nil when it has no name or no number.
  public init?(_ text: RawSpan) {
    guard let (name, id) = Self.nameAndID(text) else { return nil }
    self.name = name
    self.id = id
    fields = []
    var start = 0
    while start < text.byteCount {
      let end = text.find(UInt8(ascii: "\n"), from: start)
      let line = text.extracting(start..<end)
      // What follows says how to print, and may hold any text.
      if line.starts(with: StaticString("print fmt:").bytes) { break }
      if let field = EventField(line: line) { fields.append(field) }
      start = end + 1
    }
  }

  /// Reads only the name and the number, for an event of which no field is wanted.
  public static func nameAndID(_ text: RawSpan) -> (name: String, id: Int)? {
    guard text.starts(with: StaticString("name:").bytes) else { return nil }
    let end = text.find(UInt8(ascii: "\n"), from: 0)
    let head = text.extracting(first: min(text.byteCount, end + 64))
    guard let id = head.number(after: "\nID:") else { return nil }
    var start = 5
    while start < end, text.byte(at: start) == 0x20 { start += 1 }
    return (text.extracting(start..<end).shortText, id)
  }

  /// The field called `name`.
  public subscript(name: String) -> EventField? {
    fields.first { $0.name == name }
  }
}
