/// A virtio device of the machine that vtrace itself runs in, as its kernel shows it.
///
/// Source: Linux, drivers/virtio/virtio.c, whose attributes `/sys/bus/virtio/devices` shows.
public struct SysfsDevice: Sendable, Equatable {
  /// The kernel's name, `virtio0`.
  public var name: String
  /// What carries it: `0000:00:03.0` of PCI, `c0001000.virtio_mmio`, a channel device; nil where the
  /// kernel does not say.
  public var parent: String?
  /// The virtio device type.
  public var type: UInt32
  public var vendor: UInt32
  /// The device status.
  public var status: UInt8
  /// The features that were negotiated: word 0 has bits 0 to 63, word 1 bits 64 to 127.
  public var features: [UInt64]
  /// The driver that has it; nil for none.
  public var driver: String?

  /// Where the kernel shows them.
  public static let root = "/sys/bus/virtio/devices"
  /// Devices that are looked at; more is no machine.
  private static var limit: Int { 1 << 12 }

  /// Every device, by number; to be called again for what is true later.
  ///
  /// Throws where the kernel has no virtio bus. A device that goes away meanwhile is left out.
  public static func all(root: String = SysfsDevice.root) throws(RecordingError) -> [SysfsDevice] {
    let names: [String]
    do throws(RecordingError) {
      names = try Folder.names(in: root)
    } catch {
      throw RecordingError(
        .unsupported("this machine shows no virtio devices of its own (\(error))"), path: "sysfs")
    }
    return names.prefix(limit).compactMap { SysfsDevice(name: $0, in: root) }
      .sorted { ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name) }
  }

  private init?(name: String, in root: String) {
    let folder = "\(root)/\(name)"
    guard let type = Self.number("\(folder)/device"), let vendor = Self.number("\(folder)/vendor"),
      let status = Self.number("\(folder)/status"),
      let features = SystemFile.text("\(folder)/features").flatMap(Self.bits)
    else { return nil }
    (self.name, self.type, self.vendor) = (name, type, vendor)
    self.status = UInt8(truncatingIfNeeded: status)
    self.features = features
    driver = SystemFile.target("\(folder)/driver").flatMap(Self.lastPart)
    // The device itself is a link to `…/PARENT/virtio0`.
    parent = SystemFile.target(folder).flatMap { target in
      target.lastIndex(of: "/").flatMap { Self.lastPart(String(target[..<$0])) }
    }
  }

  /// `0x0002`.
  private static func number(_ path: String) -> UInt32? {
    guard let text = SystemFile.text(path), text.hasPrefix("0x") else { return nil }
    return UInt32(text.dropFirst(2), radix: 16)
  }

  /// A character for each bit, that of bit 0 first; nil where something else stands there.
  static func bits(_ text: String) -> [UInt64]? {
    let digits = Array(text.utf8)
    guard !digits.isEmpty, digits.count <= 1024,
      digits.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") })
    else { return nil }
    var words = [UInt64](repeating: 0, count: (digits.count + 63) / 64)
    for (bit, digit) in digits.enumerated() where digit == UInt8(ascii: "1") {
      words[bit / 64] |= 1 << UInt64(bit % 64)
    }
    return words
  }

  private static func lastPart(_ path: String) -> String? {
    let part = path.split(separator: "/").last.map(String.init)
    return part == ".." ? nil : part
  }
}
