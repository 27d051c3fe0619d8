internal import Glibc

/// Guest memory that is being opened, range by range: by the file of its backend, by a shared file
/// that QEMU has open, or from QEMU's process, in this order.
struct OpenedMemory {
  private let peer: LocalSocket.Peer?
  private let map: ProcessMap?
  private var files = SharedFiles()
  private var pieces: [MemoryPiece] = []
  /// Files opened already, by path.
  private var indexes: [String: (index: Int, size: UInt64)] = [:]
  private var processIndex: Int?

  init(peer: LocalSocket.Peer?) {
    self.peer = peer
    map = peer.flatMap { ProcessMap(of: $0.process) }
  }

  var image: MemoryImage { MemoryImage(files: files, map: PieceMap(pieces)) }

  /// Adds a range; `hostAddress` is where it begins in QEMU's own memory, where QEMU tells.
  mutating func add(
    _ range: FlatRange, backend: MemoryBackend?, hostAddress: UInt64?
  ) throws(MissingRight) {
    // One less than the range is long, so that a range of all addresses has a length.
    let length = range.last &- range.start
    var why = "it lies in none"
    if let backend, let found = addFile(of: backend, range, length, &why) {
      return pieces.append(found)
    }
    let count = length &+ 1
    let mapping = hostAddress.flatMap { map?.mapping(of: $0, count: count) }
    if let hostAddress, let mapping, mapping.isShared, let file = mapping.file,
      let path = map?.path(of: file),
      let found = add(
        path, at: mapping.offset &+ (hostAddress &- mapping.start), range, length)
    {
      return pieces.append(found)
    }
    pieces.append(try addProcess(range, hostAddress, mapping != nil, why))
  }

  /// A piece in the file that a backend names; else `why` says what is in the way.
  private mutating func addFile(
    of backend: MemoryBackend, _ range: FlatRange, _ length: UInt64, _ why: inout String
  ) -> MemoryPiece? {
    guard let path = backend.path else { return nil }
    guard backend.isShared else {
      why = "that of \(backend.id), \(path), is not shared (share=on)"
      return nil
    }
    guard path.hasPrefix("/") else {
      why = "\(path) is relative to QEMU's folder"
      return nil
    }
    guard let identity = FileIdentity(path: path) else {
      let isThere = (try? Descriptor(path: path).number) != nil
      why = isThere ? "\(path) is no regular file" : "\(path): \(lastSystemMessage())"
      return nil
    }
    // Another file may have the name by now, or here, where QEMU runs in a container.
    guard map == nil || map?.path(of: identity) != nil else {
      why = "\(path) is not the file that QEMU has open"
      return nil
    }
    if let piece = add(path, at: backend.offset &+ range.offset, range, length) { return piece }
    do throws(RecordingError) {
      _ = try Descriptor(path: path).number
      why = "\(path) is too short"
    } catch {
      why = "the right to read that file is missing (\(error))"
    }
    return nil
  }

  /// A piece in the file at `path`; nil when it cannot be mapped or does not hold all of it.
  private mutating func add(
    _ path: String, at offset: UInt64, _ range: FlatRange, _ length: UInt64
  ) -> MemoryPiece? {
    if indexes[path] == nil {
      guard let file = try? MappedFile(sharing: path) else { return nil }
      indexes[path] = (files.count, UInt64(file.byteCount))
      files.append(SharedFiles(file))
    }
    guard let (index, size) = indexes[path], offset < size, length < size - offset,
      let start = Int(exactly: offset)
    else { return nil }
    return MemoryPiece(start: range.start, last: range.last, file: index, offset: start)
  }

  private mutating func addProcess(
    _ range: FlatRange, _ hostAddress: UInt64?, _ isMapped: Bool, _ why: String
  ) throws(MissingRight) -> MemoryPiece {
    guard let peer, peer.process > 0 else { throw missing(.notTheMachine, range, why) }
    if processIndex == nil {
      do throws(RecordingError) {
        let process = try ProcessMemory(of: peer.process)
        processIndex = files.count
        files.append(process)
      } catch {
        throw missing(.refused(lastSystemMessage()), range, why)
      }
    }
    guard isMapped, let hostAddress, let start = Int(exactly: hostAddress), let processIndex,
      !files.bytes(of: processIndex, in: start..<start &+ 1).isEmpty
    else { throw missing(.notTheMachine, range, why) }
    return MemoryPiece(start: range.start, last: range.last, file: processIndex, offset: start)
  }

  private func missing(
    _ kind: MissingRight.Kind, _ range: FlatRange, _ why: String
  ) -> MissingRight {
    let scope = ProcessMap.text(of: "/proc/sys/kernel/yama/ptrace_scope")?.first?.wholeNumberValue
    return MissingRight(
      peer: peer, user: geteuid(), traceScope: scope, region: range.region, file: why, kind: kind)
  }
}
