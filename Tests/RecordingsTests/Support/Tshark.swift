import Foundation
import Model

/// What `tshark` says of the packets of a file.
struct TsharkPacket: Equatable {
  var number: UInt64
  /// Seconds with nine places.
  var time: String
  /// The captured bytes in hexadecimal.
  var bytes: String

  /// Every packet of the pcapng or pcap file at `path`; the link type must be one that tshark
  /// does not dissect.
  static func read(_ path: String) throws -> [TsharkPacket] {
    let output = try run(
      "tshark",
      ["-r", path, "-T", "fields", "-e", "frame.number", "-e", "frame.time_epoch", "-e", "data"])
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      return TsharkPacket(
        number: UInt64(fields[0]) ?? 0, time: String(fields[1]),
        bytes: fields.count > 2 ? String(fields[2]) : "")
    }
  }
}

extension Collector.Item {
  /// The packet of the encapsulation that this access came from, as tshark would show it.
  var asPacket: TsharkPacket {
    var bytes: [UInt8] = [0x56, 0x54, 1, kind.rawValue]
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    append(flags)
    append(cpu)
    append(address)
    append(width)
    append(code)
    if kind.rawValue <= 3, payload.isEmpty {
      let count = flags & 2 == 0 ? Int(min(width, 8)) : 0
      bytes += (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    } else {
      bytes += payload
    }
    let hex = bytes.map { String(format: "%02x", $0) }.joined()
    let time = String(format: "%lld.%09lld", time / 1_000_000_000, time % 1_000_000_000)
    return TsharkPacket(number: record, time: time, bytes: hex)
  }
}
