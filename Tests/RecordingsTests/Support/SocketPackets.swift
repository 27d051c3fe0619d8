import Foundation

/// Makes packets of vsock monitoring, and files of them by programs that nobody here wrote.
struct SocketPackets {
  var packets: [[UInt8]] = []

  static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  /// A packet between two sockets.
  mutating func add(
    from source: (UInt64, UInt32), to destination: (UInt64, UInt32), event: UInt16 = 3,
    transport: UInt16 = 2, length: UInt32 = 0, type: UInt16 = 1, operation: UInt16,
    flags: UInt32 = 0, space: UInt32 = 262_144, taken: UInt32 = 0, payload: [UInt8] = []
  ) {
    var header: [UInt8] = []
    if transport == 2 {
      header += Self.little(source.0) + Self.little(destination.0) + Self.little(source.1)
      header += Self.little(destination.1) + Self.little(length) + Self.little(type)
      header += Self.little(operation) + Self.little(flags) + Self.little(space)
      header += Self.little(taken)
    }
    var bytes = Self.little(source.0) + Self.little(destination.0) + Self.little(source.1)
    bytes += Self.little(destination.1) + Self.little(event) + Self.little(transport)
    bytes += Self.little(UInt16(header.count)) + [0, 0] + header + payload
    packets.append(bytes)
  }

  /// Writes them with Wireshark's text2pcap: as pcap, or as pcapng.
  func write(_ scratch: Scratch, _ name: String, isPcapng: Bool) throws -> String {
    var text = ""
    for packet in packets {
      for start in stride(from: 0, to: packet.count, by: 16) {
        let row = packet[start..<min(start + 16, packet.count)]
        text += String(format: "%06x", start)
        text += row.map { String(format: " %02x", $0) }.joined() + "\n"
      }
    }
    let source = try scratch.file(name + ".txt", Array(text.utf8))
    let path = scratch.path(name)
    try run("text2pcap", ["-q", "-l", "271"] + (isPcapng ? [] : ["-F", "pcap"]) + [source, path])
    return path
  }
}
