internal import Wire

/// Reads the bodies of KVM's events as ftrace and perf print them, and as `trace-cmd report -R`
/// lists their fields.
enum KVMEventText {
  /// The events that are read.
  enum Form {
    case mmio, fastMMIO, port, message, line

    @inline(__always)
    init?(_ text: RawSpan, _ name: Range<Int>) {
      // Lengths differ, so that most other events cost one comparison of numbers.
      switch name.count {
      case 7 where text.equals("kvm_pio", in: name): self = .port
      case 8 where text.equals("kvm_mmio", in: name): self = .mmio
      case 11 where text.equals("kvm_set_irq", in: name): self = .line
      case 13 where text.equals("kvm_fast_mmio", in: name): self = .fastMMIO
      case 15 where text.equals("kvm_msi_set_irq", in: name): self = .message
      default: return nil
      }
    }
  }

  /// The event that the body at `start` tells, nil when it is not as it should be.
  static func parse(_ form: Form, _ line: RawSpan, at start: Int) -> KVMEvent? {
    var body = TextCursor(line, at: start)
    body.skipSpaces()
    if let fields = Fields(body) { return fields.event(form) }
    let event =
      switch form {
      case .mmio: mmio(&body)
      case .fastMMIO: fastMMIO(&body)
      case .port: port(&body)
      case .message: message(&body)
      case .line: interruptLine(&body)
      }
    return body.isComplete && (body.isAtEnd || body.next.isBlank) ? event : nil
  }

  /// `mmio unsatisfied-read len 4 gpa 0xfebf8004 val 0x0`
  private static func mmio(_ body: inout TextCursor) -> KVMEvent {
    body.expect("mmio ")
    let kind: KVMEvent.Kind =
      body.skip("write ") ? .mmioWrite : body.skip("read ") ? .mmioRead : .mmioReadBegins
    if kind == .mmioReadBegins { body.expect("unsatisfied-read ") }
    body.expect("len ")
    let width = body.number(UInt32.self)
    body.expect(" gpa ")
    let address = body.number()
    body.expect(" val ")
    return KVMEvent(kind: kind, width: width, address: address, value: body.number())
  }

  /// `fast mmio at gpa 0xfebfb000`
  private static func fastMMIO(_ body: inout TextCursor) -> KVMEvent {
    body.expect("fast mmio at gpa ")
    return KVMEvent(kind: .fastMMIO, address: body.number())
  }

  /// `pio_read at 0xc014 size 1 count 12 val 0x1 (...)`
  private static func port(_ body: inout TextCursor) -> KVMEvent {
    let isWrite = body.skip("pio_write at ")
    if !isWrite { body.expect("pio_read at ") }
    let address = body.number()
    body.expect(" size ")
    let width = body.number(UInt32.self)
    body.expect(" count ")
    let count = body.number(UInt32.self)
    body.expect(" val ")
    return KVMEvent(
      kind: isWrite ? .portWrite : .portRead, width: width, address: address,
      value: body.number(), count: count)
  }

  /// `gsi 10 level 1 source 0`
  private static func interruptLine(_ body: inout TextCursor) -> KVMEvent {
    body.expect("gsi ")
    let line = body.number()
    body.expect(" level ")
    let level = body.number()
    body.expect(" source ")
    _ = body.number()
    return KVMEvent(kind: .line, address: line, value: level)
  }

  /// `dst 1 vec 37 (Fixed|logical|edge|rh)`
  ///
  /// KVM prints the parts of an x86 message, not its address and data; they are put together again
  /// where Intel's SDM (volume 3, 11.11) has them, and the fixed part of the address is taken
  /// to be what it must be. A message of which all is zero comes from an MSI-X entry that was never
  /// filled (vector 0 is not allowed), so its address is zero too.
  private static func message(_ body: inout TextCursor) -> KVMEvent {
    body.expect("dst ")
    let destination = body.hexadecimal()
    body.expect(" vec ")
    var data = body.number() & 0xff
    body.expect(" (")
    var modes: UInt64 = 0
    while modes < 8, !body.skip(Self.deliveryModes[Int(modes)]) { modes += 1 }
    if modes == 8 { body.fail() }
    data |= (modes & 7) << 8
    let isLogical = body.skip("|logical")
    if !isLogical { body.expect("|physical") }
    if body.skip("|level") { data |= 1 << 15 } else { body.expect("|edge") }
    let isRedirected = body.skip("|rh")
    body.expect(")")
    var address = (destination & 0xff) << 12 | (destination & 0xffff_ff00) << 32
    if isLogical { address |= 4 }
    if isRedirected { address |= 8 }
    if address | data != 0 { address |= 0xfee0_0000 }
    return KVMEvent(kind: .message, address: address, value: data)
  }

  private static let deliveryModes = [
    "Fixed", "LowPrio", "SMI", "Res3", "NMI", "INIT", "SIPI", "ExtINT",
  ]
}

/// `type=0 len=4 gpa=0xb0000010 val=0x0`: the fields by name, in any order.
private struct Fields {
  private var kind: UInt64?
  private var width: UInt64?
  private var address: UInt64?
  private var value: UInt64?
  private var count: UInt64?

  /// The fields, nil when the text is no list of fields.
  init?(_ start: borrowing TextCursor) {
    var cursor = TextCursor(start.line, at: start.position)
    while !cursor.isAtEnd {
      let begin = cursor.position
      while !cursor.isAtEnd, cursor.next != UInt8(ascii: "="), !cursor.next.isBlank {
        cursor.step()
      }
      let name = begin..<cursor.position
      cursor.expect("=")
      // A level may be negative; its sign is not of interest.
      _ = cursor.skip(UInt8(ascii: "-"))
      let number = cursor.number()
      guard cursor.isComplete, cursor.isAtEnd || cursor.next.isBlank else { return nil }
      set(start.line, name, number)
      cursor.skipSpaces()
    }
    if kind == nil, width == nil, address == nil { return nil }
  }

  private mutating func set(_ line: RawSpan, _ name: Range<Int>, _ number: UInt64) {
    switch name.count {
    case 2 where line.equals("rw", in: name): kind = number
    case 3:
      if line.equals("gpa", in: name) || line.equals("gsi", in: name) { address = number }
      if line.equals("len", in: name) { width = number }
      if line.equals("val", in: name) { value = number }
    case 4:
      if line.equals("type", in: name) { kind = number }
      if line.equals("port", in: name) { address = number }
      if line.equals("size", in: name) { width = number }
      if line.equals("data", in: name) { value = number }
    case 5:
      if line.equals("count", in: name) { count = number }
      if line.equals("level", in: name) { value = number }
    case 7 where line.equals("address", in: name): address = number
    default: break
    }
  }

  /// The event, nil when a field that it needs is missing.
  func event(_ form: KVMEventText.Form) -> KVMEvent? {
    guard let address else { return nil }
    if form == .fastMMIO { return KVMEvent(kind: .fastMMIO, address: address) }
    guard let value else { return nil }
    switch form {
    // trace-cmd lists the whole address, and of the data only the vector.
    case .message: return KVMEvent(kind: .message, address: address, value: value)
    case .line: return KVMEvent(kind: .line, address: address, value: value)
    default: return access(form, address: address, value: value)
    }
  }

  private func access(
    _ form: KVMEventText.Form, address: UInt64, value: UInt64
  ) -> KVMEvent? {
    guard let kind, let width = width.flatMap({ UInt32(exactly: $0) }) else { return nil }
    if form == .port {
      guard kind < 2, let count = count.flatMap({ UInt32(exactly: $0) }) else { return nil }
      return KVMEvent(
        kind: kind == 1 ? .portWrite : .portRead, width: width, address: address, value: value,
        count: count)
    }
    let kinds: [KVMEvent.Kind] = [.mmioReadBegins, .mmioRead, .mmioWrite]
    guard kind < 3 else { return nil }
    return KVMEvent(kind: kinds[Int(kind)], width: width, address: address, value: value)
  }
}
