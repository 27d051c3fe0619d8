internal import Glibc
internal import Wire

/// A regular file mapped into memory for reading; its bytes live as long as it does.
///
/// Vouched for as `@safe`: the region is unmapped only in `deinit`, and `bytes` hands it out with the
/// lifetime of a borrow of the file.
@safe public struct MappedFile: ~Copyable {
  /// The mapping; in this module also for `SharedFiles`, which keeps the file.
  let region: UnsafeRawBufferPointer

  /// Maps the regular file at `path`. An empty file maps to no bytes.
  public init(path: String) throws(RecordingError) {
    let descriptor = try Descriptor(path: path)
    let status = try descriptor.status(path: path)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw RecordingError(.isDirectory, path: path)
    }
    try self.init(descriptor: descriptor.number, size: status.st_size, path: path)
  }

  /// Maps a file that somebody else goes on writing, such as the memory of a running guest, so
  /// that what is written is seen.
  init(sharing path: String) throws(RecordingError) {
    let descriptor = try Descriptor(path: path)
    let status = try descriptor.status(path: path)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw RecordingError(.isDirectory, path: path)
    }
    try self.init(
      descriptor: descriptor.number, size: status.st_size, path: path, isShared: true)
  }

  /// Maps the first `size` bytes of an open file, which may be closed afterwards.
  ///
  /// A shared mapping shows what is written to the file later, and is read here and there; one of
  /// our own is read from front to back.
  init(
    descriptor: Int32, size: Int, path: String, isShared: Bool = false
  ) throws(RecordingError) {
    guard size > 0 else {
      unsafe region = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    TruncationGuard.install()
    // The mapping is read-only; the result is checked before it is used.
    let kind = isShared ? MAP_SHARED : MAP_PRIVATE
    guard let start = unsafe mmap(nil, size, PROT_READ, kind, descriptor, 0),
      unsafe start != MAP_FAILED
    else {
      throw RecordingError(.system(doing: "map it", message: lastSystemMessage()), path: path)
    }
    // Advice only: whether it is taken changes no result.
    _ = unsafe madvise(start, size, isShared ? MADV_RANDOM : MADV_SEQUENTIAL)
    unsafe region = UnsafeRawBufferPointer(start: start, count: size)
  }

  /// A file of no bytes.
  init() {
    unsafe region = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  deinit {
    // The region came from `mmap`, and no span of it outlives the file.
    if let start = unsafe region.baseAddress {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: start), region.count)
    }
  }

  /// Size of the file in bytes, at the time it was mapped.
  public var byteCount: Int { unsafe region.count }

  /// All bytes of the file.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // The region stays mapped as long as `self` lives.
      unsafe _overrideLifetime(region.bytes, borrowing: self)
    }
  }
}
