import Foundation

/// What QEMU's monitor says of its PCI functions (`info pci`) at the end of a recording.
struct InfoPCI {
  struct Function: Equatable {
    var id: String
    var vendor: UInt16
    var device: UInt16
    /// Addresses that are assigned, by BAR.
    var bars: [Int: UInt64] = [:]
  }

  var functions: [Function] = []

  /// Functions of virtio.
  var virtio: [Function] {
    functions.filter { $0.vendor == 0x1af4 && (0x1000...0x107f).contains($0.device) }
  }

  init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split { " ,:".contains($0) }.map(String.init)
      if words.count >= 6, words[0] == "Bus", words[2] == "device", words[4] == "function" {
        let numbers = [1, 3, 5].map { Int(words[$0]) ?? 0 }
        let id = String(format: "0000:%02x:%02x.%x", numbers[0], numbers[1], numbers[2])
        functions.append(Function(id: id, vendor: 0, device: 0))
      } else if let place = line.range(of: "PCI device "), !functions.isEmpty {
        let ids = line[place.upperBound...].split(separator: ":")
        functions[functions.count - 1].vendor = UInt16(ids[0], radix: 16) ?? 0
        functions[functions.count - 1].device = UInt16(ids[1].prefix(4), radix: 16) ?? 0
      } else if words.count > 3, words[0].hasPrefix("BAR"), let bar = Int(words[0].dropFirst(3)),
        let at = words.firstIndex(of: "at"), at + 1 < words.count,
        let address = UInt64(words[at + 1].dropFirst(2), radix: 16),
        address != 0, address != .max, address != 0xffff_ffff, !functions.isEmpty
      {
        functions[functions.count - 1].bars[bar] = address
      }
    }
  }
}
