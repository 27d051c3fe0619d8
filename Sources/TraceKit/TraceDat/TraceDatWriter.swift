/// Writes `trace.dat` files as trace-cmd does: any byte order, size of `long`, number of CPUs and
/// trace instances, plain or compressed.
///
/// For tests and benchmarks: events are given in the order of time of their CPU.
/// Source: trace-cmd.dat.v6(5) and trace-cmd.dat.v7(5).
public struct TraceDatWriter {
  /// What a file is like.
  public struct Shape: Sendable {
    /// 6 or 7.
    public var version = 6
    public var isBigEndian = false
    public var longSize = 8
    public var pageSize = 4096
    public var cpus = 1
    /// Names of the buffers; the top instance has none.
    public var buffers = [""]
    /// The trace clock.
    public var clock = "mono"
    /// Further options: number and data.
    public var options: [(id: UInt16, data: [UInt8])] = []
    /// Version 7: name of the compression, and what packs a piece of data.
    public var compression = "none"
    public var pack: (@Sendable ([UInt8]) -> [UInt8])?

    public init() {}
  }

  let shape: Shape
  let kinds: [TraceEventKind]
  private var offsets: [[Int]]
  private var pages: [[TracePageWriter]]

  public init(_ shape: Shape, kinds: [TraceEventKind]) {
    self.shape = shape
    self.kinds = kinds
    offsets = kinds.map(\.offsets)
    let page = TracePageWriter(
      pageSize: shape.pageSize, longSize: shape.longSize, isBigEndian: shape.isBigEndian)
    pages = [[TracePageWriter]](
      repeating: [TracePageWriter](repeating: page, count: shape.cpus), count: shape.buffers.count)
  }

  /// Adds an event of `kinds[kind]` with the values of its fields.
  public mutating func add(
    _ kind: Int, _ values: [UInt64], time: UInt64, cpu: Int = 0, thread: Int32 = 1000,
    buffer: Int = 0, absolute: Bool = false
  ) {
    let described = kinds[kind]
    var event = [UInt8](repeating: 0, count: described.byteCount)
    put(UInt64(described.id), size: 2, at: 0, in: &event)
    put(UInt64(UInt32(bitPattern: thread)), size: 4, at: 4, in: &event)
    for (index, value) in values.enumerated() {
      put(value, size: described.fields[index].size, at: offsets[kind][index], in: &event)
    }
    pages[buffer][cpu].add(event, time: time, absolute: absolute)
  }

  /// Says that events of a CPU were lost here: their number, or 0 where it is not known.
  public mutating func lose(_ count: UInt64, cpu: Int = 0, buffer: Int = 0) {
    pages[buffer][cpu].lose(count)
  }

  /// Leaves a discarded event of `count` bytes.
  public mutating func discard(_ count: Int, cpu: Int = 0, buffer: Int = 0) {
    pages[buffer][cpu].discard(count)
  }

  /// The file.
  public mutating func file() -> [UInt8] {
    for buffer in pages.indices {
      for cpu in pages[buffer].indices { pages[buffer][cpu].close() }
    }
    let data = pages.map { $0.map(\.bytes) }
    return shape.version >= 7 ? sections(data) : version6(data)
  }

  private func put(_ value: UInt64, size: Int, at offset: Int, in event: inout [UInt8]) {
    for index in 0..<size {
      let shift = UInt64((shape.isBigEndian ? size - 1 - index : index) * 8)
      event[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }

  func number(_ value: Int, _ size: Int) -> [UInt8] {
    TracePageWriter.number(UInt64(value), size: size, shape.isBigEndian)
  }

  /// What both versions begin with.
  var start: [UInt8] {
    [0x17, 0x08, 0x44] + Array("tracing\(shape.version)\0".utf8)
      + [shape.isBigEndian ? 1 : 0, UInt8(shape.longSize)] + number(shape.pageSize, 4)
  }

  var headerInfo: [UInt8] {
    let long = shape.longSize
    let page =
      TraceEventKind.line(" u64", "timestamp", 0, 8, false)
      + TraceEventKind.line(" local_t", "commit", 8, long, true)
      + TraceEventKind.line(" int", "overwrite", 8, 1, true)
      + TraceEventKind.line(" char", "data", 8 + long, shape.pageSize - 8 - long, false)
    let event = """
      # compressed entry header
      \ttype_len    :    5 bits
      \ttime_delta  :   27 bits
      \tarray       :   32 bits

      \tpadding     : type == 29
      \ttime_extend : type == 30
      \ttime_stamp : type == 31
      \tdata max type_len  == 28

      """
    return sized("header_page\0", page) + sized("header_event\0", event)
  }

  private func sized(_ name: String, _ text: String) -> [UInt8] {
    Array(name.utf8) + number(text.utf8.count, 8) + Array(text.utf8)
  }

  var eventFormats: [UInt8] {
    let systems = Set(kinds.map(\.system)).sorted()
    var bytes = number(systems.count, 4)
    for system in systems {
      let members = kinds.filter { $0.system == system }
      bytes += Array("\(system)\0".utf8) + number(members.count, 4)
      for kind in members {
        bytes += number(kind.formatText.utf8.count, 8) + Array(kind.formatText.utf8)
      }
    }
    return bytes
  }

  var commands: [UInt8] {
    let text = "1000 qemu-system-x86\n"
    return number(text.utf8.count, 8) + Array(text.utf8)
  }

  func option(_ id: UInt16, _ data: [UInt8]) -> [UInt8] {
    number(Int(id), 2) + number(data.count, 4) + data
  }

  var clockText: [UInt8] { Array("local global [\(shape.clock)]\0".utf8) }
}
