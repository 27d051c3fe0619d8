internal import Model
internal import Wire

extension QEMUEvent {
  /// `cpu 0 mr 0x… addr 0x… value 0x… size 4 name 'virtio-mmio'`
  ///
  /// `cpu` is -1 for an access that no virtual CPU made. The value may be wider than the access (a
  /// device's own handler returned too much); the guest sees the low bytes. Old versions have no name.
  mutating func region(isWrite: Bool, _ body: inout TextCursor) {
    role = .region
    body.expect("cpu ")
    if body.skip(UInt8(ascii: "-")) { access.flags.insert(.notFromGuestCPU) }
    _ = body.decimal()
    body.expect(" mr ")
    handle = body.number()
    body.expect(" addr ")
    access.address = body.number()
    body.expect(" value ")
    access.value = body.number()
    body.expect(" size ")
    access.width = body.number(UInt32.self)
    if access.width < 8 { access.value &= (1 << (UInt64(access.width) * 8)) &- 1 }
    if isWrite { access.flags.insert(.toDevice) }
    if body.skip(" name '") { payload = body.quoted() }
    place(isWrite: isWrite, in: body.line)
  }

  /// Decides, by the region's name, what kind of access this was.
  private mutating func place(isWrite: Bool, in line: RawSpan) {
    if RegionName(line, payload, address: access.address).isPort {
      access.kind = .portIO
    } else if isWrite, line.equals("apic-msi", in: payload), Self.isMessage(access.address) {
      access.kind = .interrupt
      access.code = 1
    }
  }

  /// Whether a write to the x86 message window is a message, and not one to a local APIC's register.
  ///
  /// Bits 12 to 19 of the address name the destination, bits 2 and 3 say how; QEMU takes register
  /// 0, which is reserved, for a message to destination 0.
  static func isMessage(_ address: UInt64) -> Bool {
    address & 0xf_f000 != 0 || address & 0xff0 == 0
  }

  /// `virtio-blk-pci 00:03.0 @0x4 <- 0x107`; before version 6 `virtio-blk-pci 03:0 @0x4 <- 0x107`
  /// with decimal numbers, on a bus that is not told.
  mutating func configuration(isWrite: Bool, _ body: inout TextCursor) {
    role = .configuration
    access.kind = .pciConfiguration
    payload = body.word()
    body.skipSpaces()
    let function = body.pciFunction()
    body.expect(" @")
    let register = body.number()
    if register > 0xfff { body.fail() }
    body.expect(isWrite ? " <- " : " -> ")
    access.value = body.number()
    access.address = function | register & 0xfff
    access.width = ConfigurationWidth.guess(
      register: register & 0xfff, value: access.value,
      isVirtio: body.line.has("virtio-", at: payload.lowerBound))
    if isWrite { access.flags.insert(.toDevice) }
  }

  /// `virtio-blk-pci 00:01.0 1,0xfebfe000+0x1000`; some versions begin with `d=0x… `.
  mutating func mapping(isRemoved: Bool, _ body: inout TextCursor) {
    access.kind = .hostMapping
    if body.skip("d=") {
      _ = body.number()
      body.skipSpaces()
    }
    payload = body.word()
    body.skipSpaces()
    access.address = body.pciFunction()
    body.expect(" ")
    let bar = body.decimal()
    // The number is that of one of six BARs or of the expansion ROM.
    if bar > 6 { body.fail() }
    access.code = UInt32(bar & 7) | (isRemoved ? 1 << 31 : 0)
    body.expect(",")
    access.value = body.number()
    body.expect("+")
    access.width = UInt32(exactly: body.number()) ?? 0
  }
}

extension TextCursor {
  /// Takes the bytes up to a closing quote, and the quote.
  @_lifetime(self: copy self)
  mutating func quoted() -> Range<Int> {
    let start = position
    while next != UInt8(ascii: "'") {
      guard !isAtEnd else {
        fail()
        return start..<start
      }
      step()
    }
    defer { step() }
    return start..<position
  }

  /// Takes `BB:SS.F` (hexadecimal) or `SS:F` (decimal) and returns the function's ECAM offset.
  @_lifetime(self: copy self)
  mutating func pciFunction() -> UInt64 {
    let start = position
    let first = hexadecimal()
    expect(":")
    let second = hexadecimal()
    if skip(UInt8(ascii: ".")) {
      let function = hexadecimal()
      if first > 0xff || second > 0x1f || function > 7 { fail() }
      return (first & 0xff) << 20 | (second & 0x1f) << 15 | (function & 7) << 12
    }
    guard isComplete else { return 0 }
    var old = TextCursor(line, at: start)
    let slot = old.decimal()
    old.expect(":")
    let function = old.decimal()
    if !old.isComplete || slot > 0x1f || function > 7 { fail() }
    return (slot & 0x1f) << 15 | (function & 7) << 12
  }
}

/// What a region's name says of the address space that it lies in.
struct RegionName {
  /// Whether its addresses are I/O ports.
  var isPort: Bool

  /// The name says it where it is one of virtio's or of the PCI host's. Of other names the address
  /// decides: no machine that QEMU knows has devices in memory below 0x10000, and every PC has
  /// ports there.
  init(_ line: RawSpan, _ name: Range<Int>, address: UInt64) {
    if line.has("virtio-", at: name.lowerBound) {
      isPort =
        line.equals("virtio-pci", in: name)
        || (name.count > 21 && line.has("virtio-pci-notify-pio", at: name.lowerBound))
    } else if line.has("msix-", at: name.lowerBound) {
      isPort = false
    } else {
      isPort = address < 0x10000
    }
  }
}
