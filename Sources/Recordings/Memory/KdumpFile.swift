internal import CKdumpfile
internal import Glibc
internal import Wire

/// A dump that is compressed by page, open in libkdumpfile.
///
/// The library's own memory is not given back before the process ends: libkdumpfile 0.5.1 writes to
/// memory that it freed when a context is freed, as valgrind shows for any dump. A command opens a
/// dump once for each time that it is named.
///
/// Vouched for as `@safe`: the context, the map and the room for a page are private to the object.
@safe final class KdumpFile {
  /// Bytes in a page.
  let pageSize: Int
  private let context: OpaquePointer
  /// The numbers of the pages that the file holds.
  private let map: OpaquePointer
  private let room: UnsafeMutableRawBufferPointer
  private let path: String

  /// No architecture has pages of other sizes.
  private static let pageSizes: ClosedRange<kdump_num_t> = 1 << 10...1 << 20

  /// Opens the dump in `descriptor`, which must stay open as long as the object is used.
  init(_ descriptor: borrowing Descriptor, path: String) throws(RecordingError) {
    self.path = path
    guard let context = unsafe kdump_new() else {
      throw RecordingError(.system(doing: "read it", message: "no memory is left"), path: path)
    }
    // The library would map beyond the end of a file that is cut short, and to read there ends the
    // process. Names and numbers are read during the calls only.
    let isSet = unsafe kdump_set_number_attr(
      context, KDUMP_ATTR_FILE_MMAP_POLICY, kdump_num_t(KDUMP_MMAP_NEVER.rawValue))
    try unsafe Self.check(isSet, context, path)
    let isOpen = unsafe kdump_open_fd(context, descriptor.number)
    try unsafe Self.check(isOpen, context, path)
    pageSize = try unsafe Self.pageSize(context, path)
    unsafe map = try unsafe Self.map(context, path)
    unsafe self.context = context
    unsafe room = UnsafeMutableRawBufferPointer.allocate(byteCount: pageSize, alignment: 16)
  }

  deinit { unsafe room.deallocate() }

  /// The first page of the file whose number is `number` or more.
  func firstPage(from number: UInt64) -> UInt64? {
    var found = kdump_addr_t(number)
    // Reads and writes the number during the call only.
    guard unsafe kdump_bmp_find_set(map, &found) == KDUMP_OK, found >= number else { return nil }
    return UInt64(found)
  }

  /// Decompresses the page at `address` into `page`; false when the dump left it out.
  func read(_ address: UInt64) throws(RecordingError) -> Bool {
    var count = pageSize
    // As many bytes as there is room for, written during the call only.
    let status = unsafe kdump_read(
      context, KDUMP_MACHPHYSADDR, kdump_addr_t(address), room.baseAddress, &count)
    if status == KDUMP_ERR_NODATA { return false }
    guard status == KDUMP_OK, count == pageSize else {
      let reason = unsafe Self.reason(context)
      throw RecordingError(
        .damaged("page at address 0x\(String(address, radix: 16)): \(reason)"), path: path)
    }
    return true
  }

  /// The page that was read last.
  var page: RawSpan {
    @_lifetime(borrow self)
    borrowing get {
      // The room stays where it is as long as `self` lives.
      unsafe _overrideLifetime(UnsafeRawBufferPointer(room).bytes, borrowing: self)
    }
  }

  /// The page that was read last holds zeros only.
  var isZero: Bool {
    guard let start = unsafe room.baseAddress, unsafe room[0] == 0 else { return false }
    // Each byte is as the one before it; both ranges lie in the room.
    return unsafe memcmp(start, start + 1, room.count - 1) == 0
  }

  private static func pageSize(
    _ context: OpaquePointer, _ path: String
  ) throws(RecordingError) -> Int {
    var size: kdump_num_t = 0
    // Writes the number during the call only.
    let status = unsafe kdump_get_number_attr(context, KDUMP_ATTR_PAGE_SIZE, &size)
    try unsafe check(status, context, path)
    guard pageSizes.contains(size), size & (size - 1) == 0 else {
      throw RecordingError(.damaged("page size \(size), expected a power of two"), path: path)
    }
    return Int(size)
  }

  /// The map of pages, which lives as long as the context.
  private static func map(
    _ context: OpaquePointer, _ path: String
  ) throws(RecordingError) -> OpaquePointer {
    var attribute = unsafe kdump_attr_t()
    unsafe attribute.type = KDUMP_BITMAP
    // Fills the structure during the call.
    let status = unsafe kdump_get_typed_attr(context, KDUMP_ATTR_FILE_PAGEMAP, &attribute)
    try unsafe check(status, context, path)
    guard let map = unsafe attribute.val.bitmap else {
      throw RecordingError(.unsupported("holds no map of its pages"), path: path)
    }
    return unsafe map
  }

  private static func check(
    _ status: kdump_status, _ context: OpaquePointer, _ path: String
  ) throws(RecordingError) {
    guard status != KDUMP_OK else { return }
    let reason = unsafe reason(context)
    throw RecordingError(
      status == KDUMP_ERR_NOTIMPL ? .unsupported(reason) : .damaged(reason), path: path)
  }

  /// What the library says of its last error.
  private static func reason(_ context: OpaquePointer) -> String {
    // The text belongs to the context and is copied at once.
    guard let text = unsafe kdump_get_err(context) else { return "libkdumpfile says nothing" }
    return unsafe "kdump: " + String(cString: text)
  }
}
