import VirtioSpec

/// PCI: functions, their structures, and what accesses to them mean.
///
/// Everything is learned from the recording itself: configuration accesses say which functions
/// there are, where their base address registers place them, and which structures lie there. What
/// the device's own side, a hint or a region's name tells fills what they do not show.
struct PCITransport: Sendable {
  var functions: [PCIFunction] = []
  /// Numbers of functions, by address.
  var numbers: [UInt32: Int32] = [:]
  private var memory = RegionMap()
  private var ports = RegionMap()
  /// Structures moved since the maps were made.
  var mapsAreOld = false
  private var moves: UInt64 = 0
  /// What was last written to port 0xcf8, nil while not known.
  var selected: UInt32?
  /// Where configuration space lies in memory.
  var windows: [ConfigurationWindow] = []
  var senders = MessageIndex()
  var lines = InterruptLines()
  /// Regions known by name only, by their number in the log.
  var named: [NamedRegion?] = []
  /// Where port 0 lies in memory on a machine without ports, as a log of such a machine shows.
  private var portWindow: UInt64 = 0
  /// A function whose access window an access through a structure may be the echo of, -1 none.
  var windowInUse: Int32 = -1

  /// More functions than this are not followed.
  static var functionLimit: Int { 2048 }

  /// Takes an access to guest-physical memory; false when no function is concerned.
  mutating func receiveMemory(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool {
    if mapsAreOld { remap() }
    if let region = memory.find(access.address) {
      return take(access, region, &devices, &steps)
    }
    if let address = configurationAddress(of: access.address) {
      receiveConfiguration(
        access, at: address, devices: &devices, into: &steps)
      return true
    }
    if takesAsWindow(access), let address = configurationAddress(of: access.address) {
      receiveConfiguration(
        access, at: address, devices: &devices, into: &steps)
      return true
    }
    return takeNamed(access, &devices, &steps)
  }

  /// Takes an access to an I/O port; false when no function is concerned.
  mutating func receivePort(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool {
    if access.address & ~7 == 0xcf8, receiveConfigurationPort(access, &devices, &steps) {
      return true
    }
    if mapsAreOld { remap() }
    var access = access
    if portWindow != 0, access.address & ~0xffff == portWindow { access.address &= 0xffff }
    if let region = ports.find(access.address), !isOfAnother(access, region) {
      return take(access, region, &devices, &steps)
    }
    return takeNamed(access, &devices, &steps)
  }

  /// Whether the log names another region than that of the header whose guessed end lies behind
  /// the access.
  private func isOfAnother(_ access: Access, _ region: PCIRegion) -> Bool {
    let named = functions[Int(region.function)].namedRegion
    return named != 0 && access.code != 0 && access.code != named
  }

  /// Takes the place of port 0 in memory from an access to a legacy header that lies at the port.
  mutating func findsPortWindow(_ address: UInt64) -> Bool {
    guard address > 0xffff, ports.find(address & 0xffff)?.kind == .legacyHeader else {
      return false
    }
    portWindow = address & ~0xffff
    return true
  }

  /// Takes an access to a structure that has just been placed; false when another lies over it.
  mutating func takePlaced(
    _ access: Access, _ devices: inout DeviceTable, _ steps: inout StepBuffer
  ) -> Bool {
    if mapsAreOld { remap() }
    if access.kind == .mmio {
      guard let region = memory.find(access.address) else { return false }
      return take(access, region, &devices, &steps)
    }
    var access = access
    if portWindow != 0, access.address & ~0xffff == portWindow { access.address &= 0xffff }
    guard let region = ports.find(access.address) else { return false }
    return take(access, region, &devices, &steps)
  }

  private mutating func take(
    _ access: Access, _ region: PCIRegion, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) -> Bool {
    let offset = access.address &- region.base
    if windowInUse >= 0, isEcho(access, region, offset) { return true }
    decode(
      PCIAccess(access, offset: offset), region.kind, region.multiplier, of: region.function,
      &devices, &steps)
    return true
  }

  /// Says what an access to a structure means.
  mutating func decode(
    _ access: PCIAccess, _ kind: PCIStructure.Kind, _ multiplier: Int64, of number: Int32,
    _ devices: inout DeviceTable, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let device = functions[place].device
    guard device >= 0 else { return }
    if functions[place].layoutIsOld { tellLayout(of: number, &steps) }
    switch kind {
    case .common:
      functions[place].registers.common(access) { steps.append($0, to: device) }
    case .legacyHeader:
      functions[place].inferVectors(from: access)
      let hasVectors = functions[place].messages.isEnabled
      functions[place].registers.legacy(access, hasVectors: hasVectors) {
        steps.append($0, to: device)
      }
    case .notify:
      steps.append(
        functions[place].registers.notification(
          access, multiplier: multiplier, accepted: devices[device].current.accepted),
        to: device)
    case .isr: steps.append(Self.isr(access), to: device)
    case .device:
      let index = UInt32(truncatingIfNeeded: access.offset)
      steps.append(
        access.step(access.isWrite ? .writeConfig : .readConfig, .modern, index: index),
        to: device)
    case .reserved:
      var step = access.step(
        access.isWrite ? .writeReservedArea : .readReservedArea, .none,
        queue: Int32(truncatingIfNeeded: multiplier),
        index: UInt32(truncatingIfNeeded: access.offset))
      step.width = UInt8(access.width)
      steps.append(step, to: device)
    case .messageTable:
      if access.isWrite, access.hasData { writeMessageTable(access, of: number, &steps) }
    case .several:
      guard functions[place].several.indices.contains(Int(multiplier)) else { return }
      let one = functions[place].several[Int(multiplier)].structure
      tellUse(of: one.position, access.reference, number, devices, &steps)
      decode(access, one.kind, one.multiplier, of: number, &devices, &steps)
    case .outside:
      steps.append(outside(access, bar: Int(multiplier), functions[place]), to: device)
    }
  }

  /// An access beside everything that capabilities name.
  private func outside(_ access: PCIAccess, bar: Int, _ function: PCIFunction) -> Transaction {
    var step = access.step(
      access.isWrite ? .writeOutside : .readOutside, .none, queue: Int32(bar),
      index: UInt32(truncatingIfNeeded: access.offset))
    step.mask = UInt64(function.impostor(bar: bar, offset: UInt64(access.offset)))
    return step
  }

  /// Tells, once in a life, that the driver uses one of several structures of a kind.
  mutating func tellUse(
    of position: UInt8, _ reference: RecordReference, _ number: Int32, _ devices: DeviceTable,
    _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    guard
      let one = functions[place].several.firstIndex(where: { $0.structure.position == position })
    else { return }
    let life = devices.session(of: functions[place].device)
    guard functions[place].several[one].toldIn != life else { return }
    functions[place].several[one].toldIn = life
    steps.append(functions[place].several[one].step(at: reference), to: functions[place].device)
  }

  /// Spec: 4.1.4.5, ISR status capability: one byte, read to acknowledge.
  private static func isr(_ access: PCIAccess) -> Transaction {
    let isRead = !access.isWrite && access.offset == 0
    var step = access.step(
      isRead ? .readISR : access.isWrite ? .writeRegister : .readRegister, .modern,
      index: isRead ? 0 : UInt32(truncatingIfNeeded: access.offset))
    if access.width != 1 { step.traits.insert(.wrongWidth) }
    return step
  }

  /// The function at `address`, made when new; nil beyond the limit.
  mutating func number(of address: UInt32, make: Bool) -> Int32? {
    if let known = numbers[address] { return known }
    guard make, functions.count < Self.functionLimit else { return nil }
    let number = Int32(functions.count)
    functions.append(PCIFunction(address: address))
    numbers[address] = number
    return number
  }

  /// Looks anew where the structures of a function lie.
  mutating func place(_ number: Int32) {
    let place = Int(number)
    guard functions[place].device >= 0 else { return }
    functions[place].findSeveral()
    let (memory, ports) = functions[place].regions(number: number)
    let all = memory + ports
    let isSame = all == functions[place].placed
    if !isSame || functions[place].gapsAreOld {
      let gaps = functions[place].gaps
      functions[place].findGaps(number: number)
      if gaps != functions[place].gaps { mapsAreOld = true }
    }
    guard !isSame else { return }
    functions[place].placed = all
    functions[place].portCount = ports.count
    moves += 1
    functions[place].movedAt = moves
    mapsAreOld = true
  }

  private mutating func remap() {
    mapsAreOld = false
    var allMemory: [PCIRegion] = []
    var allPorts: [PCIRegion] = []
    // Whatever else lies there goes before what nothing names.
    for function in functions { allMemory += function.gaps }
    for function in functions.sorted(by: { $0.movedAt < $1.movedAt }) {
      let split = function.placed.count - function.portCount
      allMemory += function.placed[..<split]
      allPorts += function.placed[split...]
    }
    memory.replace(with: allMemory)
    ports.replace(with: allPorts)
  }

  /// Forgets what drivers selected, where accesses are missing.
  mutating func forgetSelections() {
    for place in functions.indices { functions[place].registers.forgetSelections() }
    selected = nil
  }

  /// Forgets what a reset of the whole machine undoes: places, enables, vectors.
  mutating func forgetPlaces() {
    for place in functions.indices {
      functions[place].forgetPlaces()
      functions[place].registers.reset()
      self.place(Int32(place))
    }
    senders = MessageIndex()
    selected = nil
  }
}
