internal import Glibc

/// Where files lie in the memory of a process, and which of them it has open, as `/proc` tells.
struct ProcessMap {
  let process: Int32
  private let mappings: [Mapping]

  /// A stretch of a process's memory.
  struct Mapping {
    var start: UInt64
    var end: UInt64
    var isShared: Bool
    /// Where in the file it begins.
    var offset: UInt64
    /// Device and inode of the file; nil for memory without one.
    var file: FileIdentity?
  }

  /// A list of more mappings than any machine has is not read.
  private static var sizeLimit: Int { 16 << 20 }

  /// Reads the map of a process; nil where the right for that is missing, or the process.
  init?(of process: Int32) {
    guard process > 0, let text = Self.text(of: "/proc/\(process)/maps") else { return nil }
    self.process = process
    mappings = text.split(separator: "\n").compactMap { Mapping(line: $0) }
  }

  /// The text of a file that has no size, as those of `/proc`.
  static func text(of path: String) -> String? {
    guard let descriptor = try? Descriptor(path: path) else { return nil }
    let producer = DescriptorProducer(descriptor)
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < sizeLimit {
      // The producer fills the array during the call only.
      let count = unsafe room.withUnsafeMutableBytes { unsafe producer.produce(into: $0) }
      if count == 0 { break }
      bytes += room.prefix(count)
    }
    return producer.damage == nil ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The mapping in which `address` lies, when mappings follow each other without a gap for `count`
  /// bytes; a shared file is told only when all of them lie in it, in order.
  func mapping(of address: UInt64, count: UInt64) -> Mapping? {
    guard let first = mappings.firstIndex(where: { $0.start <= address && address < $0.end })
    else { return nil }
    let (end, wraps) = address.addingReportingOverflow(count)
    guard !wraps else { return nil }
    var whole = mappings[first]
    for next in mappings[(first + 1)...] {
      guard whole.end < end else { break }
      guard next.start == whole.end else { return nil }
      let isSame =
        next.isShared == whole.isShared && next.file == whole.file
        && next.offset == whole.offset &+ (whole.end &- whole.start)
      if !isSame { (whole.isShared, whole.file) = (false, nil) }
      whole.end = next.end
    }
    return whole.end >= end ? whole : nil
  }

  /// The path by which a file can be opened that the process has open; nil when there is none.
  func path(of file: FileIdentity) -> String? {
    openFiles.first { FileIdentity(path: $0) == file }
  }

  /// The open files of the process, each as a path that leads to it.
  private var openFiles: [String] {
    let folder = "/proc/\(process)/fd"
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var paths: [String] = []
    // An entry is valid until the next call, and its name ends with a zero.
    while let entry = unsafe readdir(stream), paths.count < 1 << 16 {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if Int32(name) != nil { paths.append("\(folder)/\(name)") }
    }
    return paths
  }
}

/// Which file it is, whatever its name.
struct FileIdentity: Equatable {
  var device: UInt64
  var inode: UInt64

  init(device: UInt64, inode: UInt64) { (self.device, self.inode) = (device, inode) }

  /// The regular file at `path`, links followed.
  init?(path: String) {
    var status = stat()
    // `stat` fills the structure during the call only.
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}

extension ProcessMap.Mapping {
  /// Reads a line such as `7f20a0000000-7f20b0000000 rw-s 00000000 00:1a 27  /dev/shm/ram`.
  init?(line: Substring) {
    let words = line.split(separator: " ", maxSplits: 5)
    guard words.count >= 5 else { return nil }
    let ends = words[0].split(separator: "-")
    let numbers = words[3].split(separator: ":")
    guard ends.count == 2, numbers.count == 2, let start = UInt64(ends[0], radix: 16),
      let end = UInt64(ends[1], radix: 16), let offset = UInt64(words[2], radix: 16),
      let major = UInt32(numbers[0], radix: 16), let minor = UInt32(numbers[1], radix: 16),
      let inode = UInt64(words[4]), start < end
    else { return nil }
    (self.start, self.end, self.offset) = (start, end, offset)
    isShared = words[1].hasSuffix("s")
    // As the C library puts both numbers together (`makedev`).
    let device =
      UInt64(major & 0xffff_f000) << 32 | UInt64(major & 0xfff) << 8
      | UInt64(minor & 0xffff_ff00) << 12 | UInt64(minor & 0xff)
    file = inode == 0 ? nil : FileIdentity(device: device, inode: inode)
  }
}
