import ArgumentParser
import Model

/// A queue as `--queue` gives it: `desc=0x1000,driver=0x2000,device=0x3000,size=256,packed`.
struct QueueOption: ExpressibleByArgument {
  var layout = QueueLayout(size: 0, descriptors: 0, driverArea: 0, deviceArea: 0)

  init?(argument: String) {
    for part in argument.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 1 {
        switch pair[0] {
        case "packed": layout.isPacked = true
        case "big": layout.isBigEndian = true
        case "event": layout.hasEventIndex = true
        default: return nil
        }
        continue
      }
      guard let value = Self.number(pair[1]) else { return nil }
      switch pair[0] {
      case "desc": layout.descriptors = value
      case "driver": layout.driverArea = value
      case "device": layout.deviceArea = value
      case "size":
        guard let size = UInt32(exactly: value) else { return nil }
        layout.size = size
      default: return nil
      }
    }
    if layout.size == 0 || layout.descriptors == 0 { return nil }
  }

  private static func number(_ text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }
}
