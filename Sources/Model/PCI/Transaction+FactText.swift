import VirtioSpec

/// The text form of what configuration space says.
///
///     function 1af4:1042 revision=1 subsystem=1af4:1100 fresh scanned
///     bar 4 memory64 size=0x4000
///     capability notify at=0x60 len=20 bar=4 id=0 offset=0x3000 length=0x1000 multiplier=4
///     msix vectors=3 bar=1 offset=0x0 off
///     capabilities end
///
/// What was not read is left out.
extension Transaction {
  var factText: String {
    switch kind {
    case .pciIdentity: PCIIdentity(self).text
    case .pciBAR: PCIBar(self).text
    case .pciCapability: PCICapability(self).text
    case .pciMessages: PCIMessages(self).text
    default: "capabilities \(PCIListFault(self).text)"
    }
  }

  /// `name=value` behind a space, nothing where the value is not known.
  fileprivate static func word(_ name: String, _ value: UInt64?, hex: Bool = true) -> String {
    guard let value else { return "" }
    return " \(name)=" + (hex ? hexText(value, 1) : "\(value)")
  }

  fileprivate static func id(_ value: UInt16) -> String {
    String(hexText(UInt64(value), 4).dropFirst(2))
  }
}

extension PCIIdentity {
  fileprivate var text: String {
    var line = "function \(Transaction.id(vendor)):\(Transaction.id(device))"
    line += Transaction.word("revision", revision.map(UInt64.init), hex: false)
    if let subsystemDevice {
      line += " subsystem=\(Transaction.id(subsystemVendor)):\(Transaction.id(subsystemDevice))"
    }
    return line + (isFresh ? " fresh" : "") + (isScanned ? " scanned" : "")
  }
}

extension PCIBar {
  fileprivate var text: String {
    "bar \(index) \(kind)" + (kind == .none ? "" : Transaction.word("size", size))
  }
}

extension PCICapability {
  fileprivate var text: String {
    let name = Self.typeNames[type] ?? Transaction.hexText(UInt64(type), 2)
    var line = "capability \(name) at=\(Transaction.hexText(UInt64(position), 2))"
    line += Transaction.word("len", capLength.map(UInt64.init), hex: false)
    line += Transaction.word("bar", bar.map(UInt64.init), hex: false)
    line += Transaction.word("id", id.map(UInt64.init), hex: false)
    line += Transaction.word("offset", offset)
    line += Transaction.word("length", length)
    if kind == .vendor {
      line += Transaction.word("vendor", extra.map(UInt64.init))
    } else {
      line += Transaction.word("multiplier", extra.map(UInt64.init), hex: false)
    }
    return line
  }
}

extension PCIMessages {
  fileprivate var text: String {
    var line = "msix" + Transaction.word("vectors", vectors.map(UInt64.init), hex: false)
    line += Transaction.word("bar", bar.map(UInt64.init), hex: false)
    if bar != nil { line += Transaction.word("offset", UInt64(offset)) }
    if let isEnabled { line += isEnabled ? " on" : " off" }
    return line
  }
}

extension PCIListFault {
  fileprivate var text: String { self == .none ? "end" : "\(self)" }
}
