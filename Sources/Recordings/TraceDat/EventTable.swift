internal import Model
internal import Wire

/// What is done with an event, by its number: a dense table, so that an event that nobody needs
/// costs one look into it.
struct EventTable {
  /// What an event is used for.
  enum Use: UInt8 {
    /// The file has no format for it.
    case unknown
    case skip
    case mmio
    case fastMMIO
    case portIO
    case message
    case line
  }

  /// A field that is read from events: offset and size checked once, when the table is made.
  struct Field {
    var offset = 0
    /// 1, 2, 4 or 8; 0 when the event has no such field.
    var size: UInt8 = 0

    init() {}

    init?(_ field: EventField?) {
      guard let field, [1, 2, 4, 8].contains(field.size), 0..<65_536 ~= field.offset else {
        return nil
      }
      offset = field.offset
      size = UInt8(field.size)
    }

    var end: Int { offset + Int(size) }

    /// The field's value in the event whose data begins at `start`.
    @inline(__always)
    func value(in data: RawSpan, at start: Int, bigEndian: Bool) -> UInt64 {
      switch size {
      case 8: data.integer(UInt64.self, at: start &+ offset, bigEndian: bigEndian)
      case 4: UInt64(data.integer(UInt32.self, at: start &+ offset, bigEndian: bigEndian))
      case 2: UInt64(data.integer(UInt16.self, at: start &+ offset, bigEndian: bigEndian))
      case 1: UInt64(data.byte(at: start &+ offset))
      default: 0
      }
    }
  }

  /// The fields of a used event, in the order of `names(of:)`.
  struct Fields {
    var a = Field()
    var b = Field()
    var c = Field()
    var d = Field()
    var e = Field()
    /// Bytes that an event must have for all of them.
    var count = 0
  }

  /// Name of an event and the directory that it stands in.
  struct Name {
    var system: String
    var event: String
  }

  private(set) var uses: [Use] = []
  private(set) var names: [Int: Name] = [:]
  private(set) var type = Field()
  private(set) var thread = Field()
  /// Bytes that every event must have.
  private(set) var commonCount = 0
  private(set) var fields = [Fields](repeating: Fields(), count: Int(Use.line.rawValue) + 1)

  /// The numbers that the kernel gives out are 16 bits.
  static var idLimit: Int { 1 << 16 }

  /// Takes in a format file of `system`; returns what is wrong with it.
  mutating func add(_ text: RawSpan, system: String) -> String? {
    guard let (name, id) = EventFormat.nameAndID(text) else {
      return "an event format of \(system) without name and number"
    }
    guard 0..<Self.idLimit ~= id else { return "event \(name) has the impossible number \(id)" }
    if id >= uses.count {
      uses += [Use](repeating: .unknown, count: id + 1 - uses.count)
    }
    guard names[id] == nil else { return nil }
    names[id] = Name(system: system, event: name)
    uses[id] = .skip
    let use = system == "kvm" ? Self.use(of: name) : .skip
    guard commonCount == 0 || use != .skip, let format = EventFormat(text) else { return nil }
    if commonCount == 0 { takeCommon(format) }
    guard use != .skip else { return nil }
    guard let found = Self.fields(of: use, in: format) else {
      return "event \(name) lacks a field that gives it its meaning; it is not used"
    }
    uses[id] = use
    fields[Int(use.rawValue)] = found
    return nil
  }

  private static func use(of name: String) -> Use {
    switch name {
    case "kvm_mmio": .mmio
    case "kvm_fast_mmio": .fastMMIO
    case "kvm_pio": .portIO
    case "kvm_msi_set_irq": .message
    case "kvm_set_irq": .line
    default: .skip
    }
  }

  /// Where the kind and the thread of every event stand; the same in all formats of a kernel.
  private mutating func takeCommon(_ format: EventFormat) {
    guard let type = Field(format["common_type"]) else { return }
    self.type = type
    thread = Field(format["common_pid"]) ?? Field()
    commonCount = max(type.end, thread.end)
  }

  private static func fields(of use: Use, in format: EventFormat) -> Fields? {
    let names: [String]
    switch use {
    case .mmio: names = ["type", "len", "gpa", "val"]
    case .fastMMIO: names = ["gpa"]
    case .portIO: names = ["rw", "port", "size", "count", "val"]
    case .message: names = ["address", "data"]
    case .line: names = ["gsi", "level"]
    case .unknown, .skip: return nil
    }
    var found = names.map { Field(format[$0]) }
    // Kernels before 3.16 do not tell the value of port I/O.
    if use == .portIO, found[4] == nil { found[4] = Field() }
    let known = found.compactMap { $0 }
    guard known.count == names.count else { return nil }
    let padded = known + [Field](repeating: Field(), count: 5 - known.count)
    return Fields(
      a: padded[0], b: padded[1], c: padded[2], d: padded[3], e: padded[4],
      count: known.map(\.end).max() ?? 0)
  }
}
