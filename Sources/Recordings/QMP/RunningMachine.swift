internal import Glibc
internal import Model

/// A running QEMU, asked through its monitor; it is neither stopped nor changed.
///
/// One connection for all questions, because a monitor serves one client at a time.
public final class RunningMachine {
  /// The path of the socket.
  public var path: String { connection.path }
  var connection: QMPConnection

  /// Connects to the QMP server at the socket `path`.
  public init(path: String) throws(RecordingError) {
    connection = try QMPConnection.open(path: path)
  }

  /// The guest's memory, in place where it lies in shared files, else from QEMU's process.
  func memory() throws(RecordingError) -> MemoryImage {
    let ranges = FlatRange.memory(of: try connection.monitor("info mtree -f"))
    guard !ranges.isEmpty else {
      throw connection.problem("QEMU \(connection.version) tells of no memory (info mtree -f)")
    }
    let backends = try backends()
    var opened = OpenedMemory(peer: connection.peer)
    // Device memory and firmware are taken where that takes no more rights than the rest.
    let isNamed = ranges.contains { range in backends.contains { $0.isBehind(range) } }
    for range in ranges {
      let backend = backends.first { $0.isBehind(range) }
      let address = try hostAddress(of: range.start)
      do throws(MissingRight) {
        try opened.add(range, backend: backend, hostAddress: address)
      } catch {
        guard backend == nil, isNamed else { throw connection.problem(error.text) }
      }
    }
    return opened.image
  }

  /// The guest's memory as it was made by the command line, object by object.
  private func backends() throws(RecordingError) -> [MemoryBackend] {
    guard let list = try connection.execute("query-memdev").value else { return [] }
    var backends: [MemoryBackend] = []
    for entry in list.items.prefix(1 << 10) {
      guard let id = entry.member("id")?.text else { continue }
      var backend = MemoryBackend(id: id, isShared: entry.member("share")?.truth == true)
      let object = "/objects/\(id)"
      if try connection.property("type", of: object)?.text == "memory-backend-file" {
        backend.path = try connection.property("mem-path", of: object)?.text
        // Since QEMU 8.1.
        backend.offset = try connection.property("offset", of: object)?.integer ?? 0
      }
      backends.append(backend)
    }
    return backends
  }

  /// Where in QEMU's own memory a guest-physical address lies.
  private func hostAddress(of address: UInt64) throws(RecordingError) -> UInt64? {
    let text = try connection.monitor("gpa2hva 0x\(String(address, radix: 16))")
    // `Host virtual address for 0x1000 (mem0) is 0x7f20a0001000`
    guard let word = text.split(whereSeparator: \.isWhitespace).last, word.hasPrefix("0x")
    else { return nil }
    return UInt64(word.dropFirst(2), radix: 16)
  }
}

/// An object of QEMU's that holds guest memory.
struct MemoryBackend {
  var id: String
  var isShared: Bool
  /// The file that the command line names, and where in it the memory begins.
  var path: String?
  var offset: UInt64 = 0

  init(id: String, isShared: Bool) { (self.id, self.isShared) = (id, isShared) }

  /// Whether the range is one of this object's; newer machines name a region by the object's path.
  func isBehind(_ range: FlatRange) -> Bool {
    range.region == id || range.region == "/objects/\(id)"
  }
}
