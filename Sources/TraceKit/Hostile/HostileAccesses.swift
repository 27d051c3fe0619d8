import Model
public import Rules
import Wire

/// Accesses that no guest would make, chosen by bytes, with just enough order in them that devices
/// come about: PCI functions with capabilities, MMIO windows, subchannels.
public struct HostileAccesses {
  private var choices: ByteChoices
  private var analysis = Analysis()
  private var record: UInt64 = 0

  /// Takes the accesses that `bytes` choose through transports and rules; returns what was found.
  public static func run(_ bytes: [UInt8]) -> [Finding] {
    var hostile = HostileAccesses(choices: ByteChoices(bytes))
    while !hostile.choices.isAtEnd { hostile.act() }
    hostile.analysis.finish()
    return hostile.analysis.verdicts.findings
  }

  private mutating func act() {
    switch choices.below(12) {
    case 0: addFunction()
    case 1: addWindow()
    case 2: configuration(UInt64(choices.byte()) << 12 | UInt64(choices.byte()))
    case 3: ports()
    case 4, 5: memory(0xfe00_0000 + UInt64(choices.below(4)) << 12 + UInt64(choices.byte()))
    case 6, 7: memory(0x0a00_0000 + UInt64(choices.below(4)) << 9 + UInt64(choices.byte()))
    case 8, 9: channel()
    case 10: portAccess(0xc000 + UInt64(choices.byte()))
    default: anything()
    }
  }

  private mutating func give(_ access: Access, payload: [UInt8] = []) {
    var access = access
    record += 1
    access.record = record
    access.time = Int64(record) &* 1000
    access.location = record
    access.payloadCount = UInt32(payload.count)
    let batch = [access]
    analysis.receive(batch.span, payload: payload.span.raw)
  }

  private mutating func register(
    _ kind: Access.Kind, _ address: UInt64, write: Bool, value: UInt64, width: UInt32
  ) {
    var access = Access(
      kind: kind, record: 0, time: 0, location: 0, address: address, value: value, width: width)
    if write { access.flags.insert(.toDevice) }
    if choices.below(16) == 0 {
      access.flags.formUnion(Access.Flags(rawValue: UInt16(truncatingIfNeeded: choices.number(2))))
    }
    give(access)
  }

  private mutating func width() -> UInt32 {
    choices.element([1, 2, 4, 4, 4, 8, 0, 3, 16, .max])
  }

  private mutating func anyRegister(_ kind: Access.Kind, _ address: UInt64) {
    register(
      kind, address, write: choices.below(2) == 0, value: choices.interesting(), width: width())
  }

  private mutating func configuration(_ address: UInt64) {
    anyRegister(.pciConfiguration, address)
  }

  private mutating func memory(_ address: UInt64) { anyRegister(.mmio, address) }

  private mutating func portAccess(_ address: UInt64) { anyRegister(.portIO, address) }

  /// The address and data ports of configuration.
  private mutating func ports() {
    let function = UInt64(choices.byte()) << 8
    register(
      .portIO, 0xcf8, write: true, value: 0x8000_0000 | function | UInt64(choices.byte()), width: 4)
    portAccess(0xcfc + UInt64(choices.below(4)))
  }

  /// A function is enumerated: its id, capabilities that lie anywhere, BARs, the command register.
  private mutating func addFunction() {
    let base = UInt64(choices.byte()) << 12
    func read(_ self: inout Self, _ place: UInt64, _ value: UInt64) {
      self.register(.pciConfiguration, base + place, write: false, value: value, width: 4)
    }
    read(&self, 0, 0x1af4 | (0x1000 + UInt64(choices.below(0x80))) << 16)
    read(&self, 4, 0x10_0007)
    read(&self, 0x2c, UInt64(choices.below(64)) << 16 | 0x1af4)
    read(&self, 0x34, 0x40)
    var place: UInt64 = 0x40
    for type in 1...UInt64(choices.below(9) + 1) {
      let next = choices.below(8) == 0 ? UInt64(choices.byte()) : place + 0x14
      read(&self, place, 0x09 | next << 8 | 0x14 << 16 | type << 24)
      read(&self, place + 4, UInt64(choices.below(7)))
      read(&self, place + 8, choices.below(4) == 0 ? choices.interesting() : type << 12 & 0x3000)
      read(&self, place + 12, choices.below(4) == 0 ? choices.interesting() : 0x1000)
      read(&self, place + 16, UInt64(choices.below(8)))
      place = next
    }
    for bar in 0..<UInt64(choices.below(7)) {
      let address: UInt64 = bar == 0 ? 0xc001 : 0xfe00_0000 + UInt64(choices.below(4)) << 14
      let register = base + 0x10 + bar * 4
      self.register(.pciConfiguration, register, write: true, value: 0xffff_ffff, width: 4)
      read(
        &self, 0x10 + bar * 4, bar == 0 ? 0xffff_ffc1 : choices.element([0xffff_c000, 0, 4, 12]))
      self.register(.pciConfiguration, register, write: true, value: address, width: 4)
    }
    register(.pciConfiguration, base + 4, write: true, value: UInt64(choices.byte()), width: 2)
  }

  /// A window is probed as drivers do it.
  private mutating func addWindow() {
    let base = 0x0a00_0000 + UInt64(choices.below(4)) << 9
    let values = [0x7472_6976, UInt64(choices.below(4)), UInt64(choices.below(64)), 0x554d_4551]
    for (index, value) in values.enumerated() {
      register(.mmio, base + UInt64(index) * 4, write: false, value: value, width: 4)
    }
  }

  /// A channel command, hypercall, subchannel event or interrupt with a payload of any length.
  private mutating func channel() {
    let kinds: [Access.Kind] = [
      .channelCommand, .channelCommand, .channelCommand, .notifyHypercall, .subchannelEvent,
      .interrupt, .memory,
    ]
    var access = Access(kind: choices.element(kinds), record: 0, time: 0, location: 0)
    access.address = 0xfe00_0000 | UInt64(choices.below(4))
    access.flags = Access.Flags(rawValue: UInt16(choices.byte()))
    let commands: [UInt32] = [
      0x11, 0x12, 0x13, 0x21, 0x22, 0x31, 0x32, 0x33, 0x43, 0x53, 0x70, 0x72, 0x73, 0x83, 0xe4,
    ]
    access.code =
      access.kind == .channelCommand
      ? choices.element(commands) | UInt32(choices.below(4)) << 14
      : UInt32(choices.below(6))
    if access.kind == .memory { access.address = choices.interesting() }
    let payload = (0..<choices.below(80)).map { _ in choices.byte() }
    access.width = choices.below(8) == 0 ? width() : UInt32(payload.count)
    give(access, payload: payload)
  }

  /// Any kind with anything in it.
  private mutating func anything() {
    var access = Access(
      kind: choices.element(Access.Kind.allCases), record: 0, time: 0, location: 0)
    access.address = choices.interesting()
    access.value = choices.interesting()
    access.width = width()
    access.code = UInt32(truncatingIfNeeded: choices.interesting())
    access.flags = Access.Flags(rawValue: UInt16(truncatingIfNeeded: choices.number(2)))
    let names = ["virtio-blk-pci", "virtio-pci-common", "virtio-mmio", "{\"transport\":\"pci\"}"]
    give(access, payload: choices.below(2) == 0 ? [] : Array(choices.element(names).utf8))
  }
}
