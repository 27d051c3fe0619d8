public import Model

extension RunningMachine {
  /// The virtio functions on PCI whose firmware or driver has placed them, as hints for a recording
  /// that begins now.
  public func topology() throws(RecordingError) -> [DeviceHint] {
    guard let buses = try connection.execute("query-pci").value else { return [] }
    let regions = VirtioRegion.all(in: try connection.monitor("info mtree -f"))
    return Topology.hints(buses, regions)
  }
}

/// What QEMU's monitor tells of PCI, put together.
enum Topology {
  /// Functions that are looked at; more is no machine.
  private static var limit: Int { 1 << 12 }

  static func hints(_ buses: JSONValue, _ regions: [VirtioRegion]) -> [DeviceHint] {
    var hints: [DeviceHint] = []
    for bus in buses.items { collect(bus, regions, &hints) }
    return hints
  }

  private static func collect(
    _ holder: JSONValue, _ regions: [VirtioRegion], _ hints: inout [DeviceHint]
  ) {
    for device in holder.member("devices")?.items ?? [] where hints.count < limit {
      if let hint = hint(device, regions) { hints.append(hint) }
      // The reader of JSON bounds the depth.
      if let bridge = device.member("pci_bridge") { collect(bridge, regions, &hints) }
    }
  }

  /// The hint of a function; nil where it is none of virtio's, or lies nowhere yet.
  private static func hint(_ told: JSONValue, _ regions: [VirtioRegion]) -> DeviceHint? {
    func number(_ name: String, _ limit: UInt64) -> UInt64? {
      told.member(name)?.integer.flatMap { $0 < limit ? $0 : nil }
    }
    guard let id = told.member("id"), id.member("vendor")?.integer == 0x1af4,
      let device = id.member("device")?.integer, 0x1000...0x107f ~= device,
      let bus = number("bus", 256), let slot = number("slot", 32),
      let function = number("function", 8)
    else { return nil }
    var hint = DeviceHint(function: PCIPlaces.name(bus: bus, slot: slot, function: function))
    // A transitional device says its type in the subsystem id.
    let type = device >= 0x1040 ? device - 0x1040 : id.member("subsystem")?.integer ?? 0
    hint.deviceID = 1..<0x40 ~= type ? UInt32(type) : nil
    hint.bars = (told.member("regions")?.items ?? []).compactMap(bar)
    for region in regions {
      if let capability = region.capability(in: hint.bars) { hint.capabilities.append(capability) }
    }
    return hint.bars.isEmpty ? nil : hint
  }

  /// A base address register; nil where it is not placed.
  private static func bar(_ told: JSONValue) -> DeviceHint.BAR? {
    guard let index = told.member("bar")?.integer, index < 6,
      let address = told.member("address")?.integer, let size = told.member("size")?.integer,
      address > 0, size > 0, address.addingReportingOverflow(size - 1).overflow == false
    else { return nil }
    return DeviceHint.BAR(
      index: Int(index), address: address, size: size, isIO: told.member("type")?.text == "io")
  }
}

/// A structure of a virtio function by its name in QEMU's flat view of memory.
///
///     00000000febf8000-00000000febf8fff (prio 0, i/o): virtio-pci-common-virtio-blk
struct VirtioRegion: Equatable {
  var start: UInt64
  var length: UInt64
  /// What the encapsulation calls it.
  var type: String

  private static var limit: Int { 1 << 12 }

  /// Those in the text of `info mtree -f`, each once.
  static func all(in text: String) -> [VirtioRegion] {
    var found: [VirtioRegion] = []
    for line in text.split(whereSeparator: \.isNewline) where found.count < limit {
      guard let region = VirtioRegion(line), !found.contains(region) else { continue }
      found.append(region)
    }
    return found
  }

  private init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 5, words[1] == "(prio", words[3] == "i/o):",
      words[4].hasPrefix("virtio-pci-")
    else { return nil }
    let ends = words[0].split(separator: "-")
    guard ends.count == 2, let start = UInt64(ends[0], radix: 16),
      let last = UInt64(ends[1], radix: 16), start <= last, last - start < 1 << 32
    else { return nil }
    let kind = words[4].dropFirst("virtio-pci-".utf8.count).prefix { $0 != "-" }
    guard ["common", "isr", "device", "notify"].contains(kind) else { return nil }
    (self.start, length, type) = (start, last - start + 1, String(kind))
  }

  /// The structure as a function's capability; nil where it lies in none of its registers' ranges.
  func capability(in bars: [DeviceHint.BAR]) -> DeviceHint.Capability? {
    guard
      let bar = bars.first(where: {
        !$0.isIO && $0.address <= start && start - $0.address < $0.size
      })
    else { return nil }
    // A page for each queue where there is room for that, else QEMU's four bytes.
    let multiplier: UInt32? = type == "notify" ? (length > 0x1000 ? 0x1000 : 4) : nil
    return DeviceHint.Capability(
      type: type, bar: bar.index, offset: start - bar.address, length: length,
      multiplier: multiplier)
  }
}
