internal import Glibc

/// The small files by which the kernel is asked and told, in `/proc`, `/sys` and tracefs.
///
/// A failure leaves its reason in `errno`, for `lastSystemMessage`.
enum SystemFile {
  /// More than any of them holds.
  private static var sizeLimit: Int { 1 << 20 }

  /// The bytes of a file; nil when it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    guard let descriptor = try? Descriptor(path: path) else { return nil }
    let producer = DescriptorProducer(descriptor)
    let bytes = HeadedProducer.take(sizeLimit, of: producer)
    return producer.damage == nil ? bytes : nil
  }

  /// The text of a file without white space at its end; nil when it cannot be read.
  static func text(_ path: String) -> String? {
    guard var bytes = read(path) else { return nil }
    while let last = bytes.last, last == 0x0a || last == 0x20 || last == 0 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes `text` in one call, as the kernel wants it, behind what is there or in its place.
  static func write(_ text: String, to path: String, appends: Bool = false) -> Bool {
    // Such a file is there already; the path is read during the call only.
    let opened = unsafe open(path, O_WRONLY | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC))
    guard opened >= 0 else { return false }
    let descriptor = Descriptor(owning: opened)
    var text = text
    return text.withUTF8 { bytes in
      // The bytes are read during the call only.
      unsafe Glibc.write(descriptor.number, bytes.baseAddress, bytes.count) == bytes.count
    }
  }

  /// Where a symbolic link leads; nil where there is none.
  static func target(_ path: String) -> String? {
    var room = [CChar](repeating: 0, count: 4096)
    // At most as many bytes as there is room for are written, without a zero behind them.
    let count = unsafe readlink(path, &room, room.count)
    guard count >= 0 else { return nil }
    return String(decoding: room.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
