internal import Model
internal import Wire

extension QEMUEvent {
  /// What the device's own side did: `vdev 0x… …` or `vq 0x… …`.
  mutating func host(_ form: Form, _ body: inout TextCursor) {
    switch form {
    case .pop, .fill, .flush: element(form, &body)
    default: device(form, &body)
    }
  }

  private mutating func device(_ form: Form, _ body: inout TextCursor) {
    body.expect("vdev ")
    access.address = body.number()
    switch form {
    case .status:
      // The one number of these events that is printed in decimal without saying so.
      access.kind = .hostStatus
      body.expect(" val ")
      access.code = body.number(UInt32.self)
      access.flags.insert(.toDevice)
    case .kick:
      access.kind = .hostKick
      body.expect(" n ")
      access.code = body.number(UInt32.self)
      body.expect(" vq ")
      access.value = body.number()
      access.flags.insert(.toDevice)
    default:
      access.kind = .hostInterrupt
      access.code = form == .notifyByIRQFD ? 1 : 0
      body.expect(" vq ")
      access.value = body.number()
    }
  }

  private mutating func element(_ form: Form, _ body: inout TextCursor) {
    body.expect("vq ")
    access.value = body.number()
    if form == .flush {
      access.kind = .hostFlush
      body.expect(" count ")
      access.code = body.number(UInt32.self)
      return
    }
    body.expect(" elem ")
    _ = body.number()
    if form == .fill {
      access.kind = .hostFill
      body.expect(" len ")
      access.code = body.number(UInt32.self)
      body.expect(" idx ")
      _ = body.number(UInt32.self)
    } else {
      access.kind = .hostPop
      body.expect(" in_num ")
      let incoming = body.number(UInt32.self)
      body.expect(" out_num ")
      let outgoing = body.number(UInt32.self)
      // 16 bits each: a chain has at most 1024 descriptors in QEMU.
      access.code = min(incoming, 0xffff) << 16 | min(outgoing, 0xffff)
    }
  }

  /// `number 1 mr 0x… addr 0x… name 'virtio-mmio'`
  mutating func regionName(_ body: inout TextCursor) {
    access.kind = .hostRegion
    body.expect("number ")
    access.code = body.number(UInt32.self)
    body.expect(" mr ")
    access.value = body.number()
    body.expect(" addr ")
    access.address = body.number()
    body.expect(" name '")
    payload = body.quoted()
  }

  /// What the channel subsystem says, which never has data.
  mutating func channel(_ form: Form, _ body: inout TextCursor) {
    switch form {
    case .channelCommand:
      access.kind = .channelCommand
      body.expect("VIRTIO-CCW: ")
      access.address = body.subchannel()
      body.expect(": interpret command ")
      let command = body.number(UInt32.self)
      access.code = command & 0xff
      access.flags.insert(.unknownData)
      if Self.isFromDriver(command) { access.flags.insert(.toDevice) }
    case .newSubchannel:
      access.kind = .deviceHint
      body.expect("VIRTIO-CCW: add subchannel ")
      access.address = body.subchannel()
      body.expect(", devno ")
      access.value = UInt64(body.number(UInt16.self))
    case .indicator:
      access.kind = .memory
      access.code = 2
      access.width = 1
      body.expect("VIRTIO-CCW: indicator at ")
      access.address = body.number()
      body.expect(": ")
      _ = body.number(UInt8.self)
      body.expect("->")
      access.value = UInt64(body.number(UInt8.self))
    case .ioInterrupt:
      access.kind = .interrupt
      access.code = 2
      body.expect("CSS: I/O interrupt on sch ")
      access.address = body.subchannel()
      body.expect(" (intparm ")
      _ = body.number(UInt32.self)
      access.flags.insert(.unknownData)
    default:
      access.kind = .interrupt
      access.code = 3
      access.address = .max
      body.expect("CSS: adapter I/O interrupt (isc ")
      _ = body.number(UInt8.self)
      access.flags.insert(.unknownData)
    }
  }

  /// The device hint that a new subchannel (`address`, with the device number in `value`) is.
  static func subchannelHint(_ access: Access) -> String {
    let id =
      String(access.address >> 24, radix: 16) + "." + String(access.address >> 16 & 3, radix: 16)
      + "." + hex(access.value, digits: 4)
    return
      "{\"transport\":\"ccw\",\"id\":\"\(id)\",\"subchannel\":\"0x\(hex(access.address, digits: 8))\","
      + "\"devno\":\"0x\(hex(access.value, digits: 4))\"}"
  }

  /// At least `digits` hexadecimal digits.
  static func hex(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// Whether a channel command does not read: its low bits say so.
  /// Source: z/Architecture Principles of Operation, chapter 15, command code.
  static func isFromDriver(_ command: UInt32) -> Bool {
    command & 3 == 1 || command & 3 == 3
  }
}

extension TextCursor {
  /// Takes `fe.0.0001` and returns the subchannel's address as the encapsulation writes it.
  @_lifetime(self: copy self)
  mutating func subchannel() -> UInt64 {
    let css = hexadecimal()
    expect(".")
    let set = hexadecimal()
    expect(".")
    let number = hexadecimal()
    if css > 0xff || set > 3 || number > 0xffff { fail() }
    return (css & 0xff) << 24 | (set & 3) << 16 | number & 0xffff
  }
}
