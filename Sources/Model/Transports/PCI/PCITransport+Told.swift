import VirtioSpec

/// What a recorder, a person or the device's own side told of functions.
extension PCITransport {
  // MARK: Hints

  /// Takes a hint: it fills what the recording has not shown.
  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {
    let address = hint.id.flatMap { Self.address(of: $0) }
    guard let number = number(of: address ?? inventAddress(), make: true) else { return }
    let place = Int(number)
    if functions[place].device < 0 {
      var profile = DeviceProfile(transport: .pci)
      profile.fromHint = true
      let id = address == nil ? hint.id ?? "pci@hint\(functions.count)" : functions[place].name
      functions[place].device = devices.add(id: id, profile: profile)
    }
    let hasCommon = takeStructures(hint, place)
    let device = functions[place].device
    guard device >= 0 else { return }
    devices[device].learn {
      $0.takePlatform(hint)
      if let type = hint.deviceID, $0.type == nil { $0.type = DeviceType(rawValue: type) }
      if hasCommon, $0.hasCommonConfiguration == .unknown { $0.hasCommonConfiguration = .yes }
    }
    devices.tellQueues(hint, of: device)
    self.place(number)
  }

  /// Takes places and structures; tells whether a common configuration is among them.
  private mutating func takeStructures(_ hint: DeviceHint, _ place: Int) -> Bool {
    for bar in hint.bars
    where (0..<6).contains(bar.index) && !functions[place].bars[bar.index].isKnown {
      tell(place, bar.index, Placement(base: bar.address, size: bar.size, isIO: bar.isIO))
      if bar.index == 0, bar.isIO { functions[place].addHinted(.legacyHeader) }
    }
    var hasCommon = false
    for capability in hint.capabilities where (0..<6).contains(capability.bar) {
      guard let kind = Self.kind(named: capability.type) else { continue }
      if kind == .common { hasCommon = true }
      functions[place].addHinted(
        PCIStructure(
          kind: kind, bar: UInt8(capability.bar), offset: capability.offset,
          length: capability.length, multiplier: capability.multiplier.map(Int64.init) ?? -1))
    }
    return hasCommon
  }

  private static func kind(named name: String) -> PCIStructure.Kind? {
    switch name {
    case "common": .common
    case "notify": .notify
    case "isr": .isr
    case "device": .device
    default: nil
    }
  }

  /// Reads `0000:00:03.0`, the segment may be missing.
  static func address(of id: String) -> UInt32? {
    let parts = id.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3,
      let segment = parts.count == 3 ? UInt32(parts[0], radix: 16) : 0, segment <= 0xffff,
      let bus = UInt32(parts[parts.count - 2], radix: 16), bus <= 0xff
    else { return nil }
    let last = parts[parts.count - 1].split(separator: ".", omittingEmptySubsequences: false)
    guard last.count == 2, let slot = UInt32(last[0], radix: 16), slot < 32,
      let function = UInt32(last[1], radix: 16), function < 8
    else { return nil }
    return segment << 16 | bus << 8 | slot << 3 | function
  }

  /// A key for a function whose address nothing tells.
  private func inventAddress() -> UInt32 { 0xfff0_0000 | UInt32(functions.count) }

  private mutating func tell(_ place: Int, _ bar: Int, _ placement: Placement?) {
    functions[place].told[bar].isTold = true
    functions[place].told[bar].isMapped = placement != nil
    if let placement { functions[place].told[bar].placement = placement }
  }

  // MARK: QEMU's own events

  /// Takes the event that a base address register was mapped or unmapped, which settles where it is.
  mutating func receiveMapping(
    _ access: Access, name: String, devices: inout DeviceTable
  ) {
    let bar = Int(access.code & 7)
    let isVirtio = name.hasPrefix("virtio-") || name.hasPrefix("vhost-")
    let address = UInt32(truncatingIfNeeded: access.address >> 12)
    guard bar < 6, let number = number(of: address, make: isVirtio) else { return }
    let place = Int(number)
    if access.code >> 31 == 1 {
      tell(place, bar, nil)
    } else {
      let isIO = functions[place].bars[bar].isIO || access.value < 0x10000
      tell(
        place, bar, Placement(base: access.value, size: UInt64(access.width), isIO: isIO))
    }
    if isVirtio, functions[place].device < 0 { nameDevice(number, name, access, &devices) }
    self.place(number)
  }

  /// Makes a device of a function that is known by its class name alone.
  private mutating func nameDevice(
    _ number: Int32, _ name: String, _ access: Access, _ devices: inout DeviceTable
  ) {
    let place = Int(number)
    var profile = DeviceProfile(transport: .pci)
    profile.type = Self.type(named: name)
    functions[place].device = devices.add(id: functions[place].name, profile: profile)
    if functions[place].device >= 0 {
      devices[functions[place].device].remarks.append("record \(access.record): \(name)")
    }
    if functions[place].told[0].placement.isIO { functions[place].addHinted(.legacyHeader) }
    functions[place].addHinted(contentsOf: Self.usualStructures)
  }

  /// The type in a class name such as `virtio-blk-pci`.
  static func type(named name: String) -> DeviceType? {
    var words = name.split(separator: "-").map(String.init)
    guard words.count > 1 else { return nil }
    words.removeFirst()
    let word = words[0] == "user" && words.count > 1 ? words[1] : words[0]
    switch word {
    case "serial", "console": return .named("console")
    case "keyboard", "mouse", "tablet", "input": return .named("input")
    case "9p": return .named("9p")
    default: return .named(word)
    }
  }

  /// How QEMU lays its structures out in BAR 4.
  static var usualStructures: [PCIStructure] {
    [
      PCIStructure(kind: .common, bar: 4, offset: 0, length: 0x1000),
      PCIStructure(kind: .isr, bar: 4, offset: 0x1000, length: 0x1000),
      PCIStructure(kind: .device, bar: 4, offset: 0x2000, length: 0x1000),
      PCIStructure(kind: .notify, bar: 4, offset: 0x3000, length: 0x1000, multiplier: 4),
    ]
  }

  // MARK: Regions known by name

  /// A region of QEMU's log that lies in a virtio function.
  struct NamedRegion: Sendable {
    var kind: PCIStructure.Kind
    var type: DeviceType?
  }

  /// Remembers the name of a region, by its number in the log.
  mutating func receiveRegion(_ access: Access, name: String) {
    guard access.code > 0, access.code < 4096 else { return }
    let place = Int(access.code - 1)
    while named.count <= place { named.append(nil) }
    named[place] = Self.region(named: name)
  }

  private static func region(named name: String) -> NamedRegion? {
    if name == "virtio-pci" { return NamedRegion(kind: .legacyHeader, type: nil) }
    let forms: [(String, PCIStructure.Kind)] = [
      ("virtio-pci-common-", .common), ("virtio-pci-isr-", .isr),
      ("virtio-pci-device-", .device), ("virtio-pci-notify-pio-", .legacyHeader),
      ("virtio-pci-notify-", .notify),
    ]
    for (prefix, kind) in forms where name.hasPrefix(prefix) {
      if kind == .legacyHeader { return nil }
      return NamedRegion(kind: kind, type: type(named: String(name.dropFirst(prefix.count))))
    }
    return nil
  }

  /// Takes an access to a region that only its name tells of, in a log that starts after the
  /// functions were placed; false when it is no such access.
  mutating func takeNamed(
    _ access: Access, _ devices: inout DeviceTable, _ steps: inout StepBuffer
  ) -> Bool {
    guard access.code > 0, Int(access.code) <= named.count,
      access.kind == .mmio || access.kind == .portIO,
      let region = named[Int(access.code) - 1],
      (region.kind == .legacyHeader && access.kind == .portIO && findsPortWindow(access.address))
        || placeNamed(access, region, &devices)
    else { return false }
    return takePlaced(access, &devices, &steps)
  }

  /// Places the function that `region` belongs to so that `access` lies in it; false when it is
  /// placed already and the access is beyond.
  private mutating func placeNamed(
    _ access: Access, _ region: NamedRegion, _ devices: inout DeviceTable
  ) -> Bool {
    let bar = region.kind == .legacyHeader ? 0 : 4
    let offset = Self.usualStructures.first { $0.kind == region.kind }?.offset ?? 0
    let start = access.address & ~(bar == 0 ? 0x1f : 0xfff)
    guard start >= offset, access.kind == (bar == 0 ? .portIO : .mmio) else { return false }
    let placement = Placement(
      base: start - offset, size: bar == 0 ? 0 : 0x4000, isIO: bar == 0)
    guard let number = unplaced(region, bar) ?? invent(placement, region, access, &devices),
      functions[Int(number)].placement(of: bar) != placement
    else { return false }
    tell(Int(number), bar, placement)
    if bar == 0 { functions[Int(number)].namedRegion = access.code }
    functions[Int(number)].addHinted(
      contentsOf: bar == 0
        ? [PCIStructure(kind: .legacyHeader, bar: 0, offset: 0, length: 0)] : Self.usualStructures)
    place(number)
    return functions[Int(number)].device >= 0
  }

  /// The one device of the type whose structures lie nowhere yet.
  private func unplaced(_ region: NamedRegion, _ bar: Int) -> Int32? {
    guard let type = region.type else { return nil }
    var found: Int32?
    for (place, function) in functions.enumerated()
    where function.device >= 0 && function.type == type && function.placement(of: bar) == nil {
      if found != nil { return nil }
      found = Int32(place)
    }
    return found
  }

  private mutating func invent(
    _ placement: Placement, _ region: NamedRegion, _ access: Access, _ devices: inout DeviceTable
  ) -> Int32? {
    let id = "pci@0x" + String(placement.base, radix: 16)
    for (place, function) in functions.enumerated()
    where function.device >= 0 && devices[function.device].id == id { return Int32(place) }
    guard let number = number(of: inventAddress(), make: true) else { return nil }
    var profile = DeviceProfile(transport: .pci)
    profile.type = region.type
    functions[Int(number)].device = devices.add(id: id, profile: profile)
    return number
  }
}

extension PCIFunction {
  /// Adds a structure that no capability told of.
  mutating func addHinted(_ structure: PCIStructure) {
    guard hinted.count < 32, !hinted.contains(structure) else { return }
    hinted.append(structure)
  }

  mutating func addHinted(contentsOf structures: [PCIStructure]) {
    for structure in structures { addHinted(structure) }
  }

  mutating func addHinted(_ kind: PCIStructure.Kind) {
    addHinted(PCIStructure(kind: kind, bar: 0, offset: 0, length: 0))
  }
}
