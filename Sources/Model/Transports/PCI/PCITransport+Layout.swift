import VirtioSpec

/// What configuration space says, told to the session before the first step that rests on it.
extension PCITransport {
  /// Tells what of a function's configuration space was read since the last time.
  ///
  /// Only where somebody goes on to use the function: a scan reads a capability byte by byte, and a
  /// rule wants it whole.
  mutating func tellLayout(of number: Int32, _ steps: inout StepBuffer) {
    let place = Int(number)
    let device = functions[place].device
    guard device >= 0, functions[place].layoutIsOld else { return }
    functions[place].layoutIsOld = false
    let facts = functions[place].layoutFacts()
    for fact in facts where !functions[place].layoutTold.contains(where: { $0.tells(fact) }) {
      steps.append(fact, to: device)
    }
    functions[place].layoutTold = facts
  }

  /// Tells of a read of configuration space that rules watch: the status register where it says
  /// that the interrupt is asserted, while a driver drives the device without MSI-X.
  func tellRead(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32, _ devices: DeviceTable,
    _ steps: inout StepBuffer
  ) {
    let function = functions[Int(number)]
    guard register == 4 && (width == 4 || access.value > 0xffff) || register == 6,
      function.device >= 0, !function.messages.isEnabled, devices[function.device].current.hasLife
    else { return }
    var step = configurationStep(.readPCIConfig, access, 2)
    step.index = 6
    step.value = (register == 4 ? access.value >> 16 : access.value) & 0xffff
    guard step.value & 8 != 0 else { return }
    steps.append(step, to: function.device)
  }

  /// Tells of a write into a capability of virtio.
  mutating func tellWrite(
    _ access: Access, _ register: Int, _ width: Int, _ number: Int32, _ steps: inout StepBuffer
  ) {
    let place = Int(number)
    guard functions[place].device >= 0, register >= 0x40 else { return }
    let isInside = functions[place].virtioCapabilities.contains {
      register + width > $0.position && register < Int($0.position) + $0.covered
    }
    guard isInside else { return }
    tellLayout(of: number, &steps)
    var step = configurationStep(.writePCIConfig, access, width)
    step.index = UInt32(register)
    steps.append(step, to: functions[place].device)
  }
}

extension Transaction {
  /// Whether `other` says the same, whatever the record.
  fileprivate func tells(_ other: Transaction) -> Bool {
    kind == other.kind && index == other.index && value == other.value && mask == other.mask
      && queue == other.queue && width == other.width && byteInField == other.byteInField
      && traits == other.traits
  }
}

extension PCICapability {
  /// Bytes that the capability takes: what it says, else those of its structure.
  fileprivate var covered: Int {
    if let capLength { return Int(capLength) }
    switch kind {
    case .notify, .pci: return 20
    case .sharedMemory: return 24
    case .vendor: return 6
    default: return 16
    }
  }
}
