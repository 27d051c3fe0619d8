import VirtioSpec

extension PCITransport {
  /// Takes an access to configuration space, however it was made; `address` is the ECAM offset.
  mutating func receiveConfiguration(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    let register = Int(access.address & 0xfff)
    let address = UInt32(truncatingIfNeeded: access.address >> 12)
    if windowInUse >= 0, functions[Int(windowInUse)].address != address { windowInUse = -1 }
    guard access.hasData,
      let number = number(of: address, make: !access.isWrite && !Self.isNobody(access))
    else { return }
    if !access.isWrite, Self.isNobody(access), register == 0 { return }
    if access.isWrite {
      write(access, register, number, &devices, &steps)
    } else {
      read(access, register, number, &devices, &steps)
    }
  }

  /// Whether the read found no function: all ones, where no register reads so.
  private static func isNobody(_ access: Access) -> Bool {
    let width = access.width == 0 ? ConfigurationImage.leastWidth(access.value) : Int(access.width)
    return access.value == PCIAccess.ones(min(width, 4)) && access.address & 0xfff < 4
  }

  /// Takes accesses to ports 0xcf8 to 0xcff.
  ///
  /// Source: PCI Local Bus 3.0, 3.2.2.3.2: only a whole dword at 0xcf8 selects.
  mutating func receiveConfigurationPort(
    _ access: Access, _ devices: inout DeviceTable, _ steps: inout StepBuffer
  ) -> Bool {
    guard access.address >= 0xcfc else {
      guard access.address == 0xcf8, access.width == 4 else { return false }
      selected = access.hasData ? UInt32(truncatingIfNeeded: access.value) : nil
      return true
    }
    guard let selected, selected & 0x8000_0000 != 0 else { return false }
    let address =
      UInt64(selected >> 8 & 0xffff) << 12 | UInt64(selected & 0xfc) | access.address & 3
    receiveConfiguration(access, at: address, devices: &devices, into: &steps)
    return true
  }

  /// Takes an access that a port or a window of memory leads to the ECAM offset `address`.
  mutating func receiveConfiguration(
    _ access: Access, at address: UInt64, devices: inout DeviceTable,
    into steps: inout StepBuffer
  ) {
    var inside = access
    inside.kind = .pciConfiguration
    inside.address = address
    receiveConfiguration(inside, devices: &devices, into: &steps)
  }

  // MARK: Reads

  private mutating func read(
    _ access: Access, _ register: Int, _ number: Int32, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let width = Int(min(access.width, 8))
    if readsWindow(access, register, number, &devices, &steps) { return }
    if register >= 0x100 {
      functions[place].extended.take(register: register, value: access.value, width: width)
      if functions[place].extended.isFirstVFBar(register) {
        steps.append(
          configurationStep(.readVFBar0, access, width), to: functions[place].device)
      }
      return learnSRIOV(number, &devices)
    }
    let isNew = functions[place].image.take(
      register: register, value: access.value, width: width, at: RecordReference(access))
    functions[place].layoutIsOld = functions[place].layoutIsOld || isNew
    if isNew || (0x10..<0x28).contains(register) { functions[place].gapsAreOld = true }
    tellRead(access, register, width, number, devices, &steps)
    functions[place].read(register, access.value, width)
    guard isNew || (0x04..<0x28).contains(register) else { return }
    if isNew { learn(number, access, &devices) }
    let device = functions[place].device
    if device >= 0, functions[place].isFresh, !devices[device].current.startKnown,
      !devices[device].current.hasLife
    {
      devices[device].current.startKnown = true
    }
    self.place(number)
  }

  /// Takes what the image now tells of the function.
  mutating func learn(_ number: Int32, _ access: Access, _ devices: inout DeviceTable) {
    let place = Int(number)
    if functions[place].device < 0 {
      takeHostBridge(functions[place])
      identify(number, access, &devices)
    }
    guard functions[place].device >= 0 else { return }
    let found = PCICapabilities(functions[place].image)
    if found != functions[place].capabilities {
      functions[place].capabilities = found
      for fact in found.facts where functions[place].factsTold.insert(fact.position).inserted {
        devices[functions[place].device].remarks.append("record \(access.record): \(fact.text)")
      }
    }
    if found.messages != 0, !functions[place].messages.isControlKnown,
      let control = functions[place].image.number(found.messages + 2, 2)
    {
      setMessageControl(UInt16(truncatingIfNeeded: control), of: number)
    }
    describe(number, &devices)
  }

  /// Makes a device of a function whose ids are those of virtio.
  private mutating func identify(
    _ number: Int32, _ access: Access, _ devices: inout DeviceTable
  ) {
    let place = Int(number)
    guard functions[place].virtioID != nil else { return }
    if functions[place].device < 0 {
      functions[place].device = devices.add(
        id: functions[place].name, profile: DeviceProfile(transport: .pci))
      // A driver cannot have come before whoever looks for devices.
      functions[place].registers.reset()
    }
    let device = functions[place].device
    if device >= 0 {
      let id = String(functions[place].virtioID ?? 0, radix: 16)
      devices[device].remarks.append("record \(access.record): device id 0x\(id)")
    }
  }

  /// Brings the device's profile up to what the function's configuration space shows.
  mutating func describe(_ number: Int32, _ devices: inout DeviceTable) {
    let function = functions[Int(number)]
    guard function.device >= 0 else { return }
    let found = function.capabilities
    let hasCommon: Knowledge = found.hasCommon ? .yes : found.isComplete ? .no : .unknown
    let old = devices[function.device].profile
    let id = function.virtioID ?? old.pciDeviceID
    let type = function.type ?? old.type
    let common = hasCommon == .unknown ? old.hasCommonConfiguration : hasCommon
    guard
      old.type != type || old.pciDeviceID != id || old.hasCommonConfiguration != common
        || old.capabilityListComplete != found.isComplete
        || old.sharedMemory != found.sharedMemory
    else { return }
    devices[function.device].learn {
      $0.type = type
      $0.pciDeviceID = id
      $0.hasCommonConfiguration = common
      $0.capabilityListComplete = found.isComplete
      $0.sharedMemory = found.sharedMemory
    }
  }

  private func learnSRIOV(_ number: Int32, _ devices: inout DeviceTable) {
    let function = functions[Int(number)]
    guard function.device >= 0 else { return }
    let has: Knowledge =
      function.extended.sriov != 0 ? .yes : function.extended.isComplete ? .no : .unknown
    guard devices[function.device].profile.hasSRIOV != has else { return }
    devices[function.device].learn { $0.hasSRIOV = has }
  }

  // MARK: Writes

  private mutating func write(
    _ access: Access, _ register: Int, _ number: Int32, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let width = access.width == 0 ? 4 - register & 3 : Int(min(access.width, 4))
    if writesWindow(access, register, number, &devices, &steps) { return }
    let capabilities = functions[place].capabilities
    switch register {
    case 0x04, 0x05:
      writeCommand(access, register, width, number, &steps)
    case 0x10..<0x28 where !functions[place].isBridge:
      writeBAR(access, register, width, number, &steps)
    case 0x18..<0x1c:
      writeBusNumbers(access, register, width, number, &devices)
    case 0x3c:
      _ = functions[place].image.take(
        register: register, value: access.value, width: 1, at: RecordReference(access))
    case 0x60..<0x68 where functions[place].device < 0 && functions[place].address == 0:
      _ = functions[place].image.take(
        register: register, value: access.value, width: width, at: RecordReference(access))
      takeHostBridge(functions[place])
    case _
    where capabilities.messages != 0
      && (capabilities.messages..<capabilities.messages + 4).contains(register):
      writeMessageControl(access, register, width, number, &steps)
    case _
    where functions[place].extended.sriov != 0
      && register == functions[place].extended.sriov + 8:
      var step = configurationStep(.writeVFEnable, access, width)
      step.value = access.value & 1
      steps.append(step, to: functions[place].device)
    case _
    where functions[place].extended.sriov != 0
      && register == functions[place].extended.sriov + 0x10:
      var step = configurationStep(.writeNumVFs, access, width)
      step.value = access.value & 0xffff
      steps.append(step, to: functions[place].device)
    default: tellWrite(access, register, width, number, &steps)
    }
  }

  func configurationStep(
    _ kind: Transaction.Kind, _ access: Access, _ width: Int
  ) -> Transaction {
    Transaction(
      kind, at: RecordReference(access), value: access.value, width: UInt8(min(8, width)),
      cpu: access.cpu)
  }

  private mutating func writeCommand(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let shift = UInt64(register - 4) * 8
    let mask = PCIAccess.ones(width) << shift & 0xffff
    let value = access.value << shift & mask
    let old = UInt64(functions[place].command ?? 0)
    functions[place].command = UInt16(truncatingIfNeeded: old & ~mask | value)
    var step = configurationStep(.writePCICommand, access, width)
    step.value = value
    step.mask = mask
    steps.append(step, to: functions[place].device)
    self.place(number)
  }

  private mutating func writeBAR(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    let index = (register - 0x10) / 4
    let shift = UInt32(register & 3) * 8
    let mask = UInt32(truncatingIfNeeded: PCIAccess.ones(width)) << shift
    let isUpper = functions[place].isUpperHalf(index)
    let assigns = functions[place].bars[index].write(
      UInt32(truncatingIfNeeded: access.value) << shift, mask: mask, isUpperHalf: isUpper)
    self.place(number)
    guard assigns, functions[place].device >= 0 else { return }
    let first = isUpper ? index - 1 : index
    var step = configurationStep(.assignBAR, access, width)
    step.index = UInt32(first)
    step.value = functions[place].assigned(first) ?? access.value
    step.mask = UInt64(mask) << (isUpper ? 32 : 0)
    steps.append(step, to: functions[place].device)
  }

  /// A bridge's bus numbers: primary, secondary, subordinate. What lies behind it moves along.
  ///
  /// Source: PCI-to-PCI Bridge Architecture 1.2, 3.2.5.
  private mutating func writeBusNumbers(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32,
    _ devices: inout DeviceTable
  ) {
    let place = Int(number)
    guard register <= 0x19, register + width > 0x19 else { return }
    let new = UInt8(truncatingIfNeeded: access.value >> UInt64((0x19 - register) * 8))
    let old = functions[place].lastSecondaryBus
    functions[place].secondaryBus = new
    guard new != 0, new != 0xff else { return }
    functions[place].lastSecondaryBus = new
    if old != 0, old != new { moveBus(old, to: new, of: functions[place].address, &devices) }
  }

  private mutating func moveBus(
    _ old: UInt8, to new: UInt8, of bridge: UInt32, _ devices: inout DeviceTable
  ) {
    let segment = bridge & ~0xffff
    for place in functions.indices {
      let address = functions[place].address
      guard address & ~0xff == segment | UInt32(old) << 8 else { continue }
      let moved = segment | UInt32(new) << 8 | address & 0xff
      guard numbers[moved] == nil else { continue }
      numbers[address] = nil
      numbers[moved] = Int32(place)
      functions[place].address = moved
      if functions[place].device >= 0 {
        devices[functions[place].device].id = functions[place].name
      }
    }
  }
}
