/// The MSI-X table of one function, as the driver wrote it.
///
/// Source: PCI Local Bus 3.0, 6.8.2: 16 bytes an entry: address, its upper half, data, control.
struct MessageTable: Sendable {
  struct Entry: Sendable, BitwiseCopyable {
    var address: UInt64 = 0
    var data: UInt32 = 0
    /// Bit 0 masks the vector, as it does after a reset.
    var control: UInt32 = 1
    /// Which of the four words were written.
    var written: UInt8 = 0

    /// What the function would send, when it may send it.
    var message: Message? {
      written & 0b101 == 0b101 && control & 1 == 0 ? Message(address: address, data: data) : nil
    }
  }

  private(set) var entries: [Entry] = []
  /// Message control: bit 15 enables, bit 14 masks all.
  var control: UInt16 = 0
  /// Whether the control register was seen at all.
  var isControlKnown = false

  var isEnabled: Bool { control & 0x8000 != 0 }

  /// A table has at most this many entries.
  static var limit: Int { 2048 }

  subscript(vector: Int) -> Entry? { vector < entries.count ? entries[vector] : nil }

  /// Takes a write into the table; the vector, nil where the offset is beyond any table.
  mutating func write(offset: UInt64, value: UInt64, width: Int) -> Int? {
    guard let vector = Int(exactly: offset / 16), vector < Self.limit else { return nil }
    while entries.count <= vector { entries.append(Entry()) }
    set(vector, word: Int(offset % 16) / 4, UInt32(truncatingIfNeeded: value))
    if width == 8, offset % 16 <= 8 {
      set(vector, word: Int(offset % 16) / 4 + 1, UInt32(truncatingIfNeeded: value >> 32))
    }
    return vector
  }

  private mutating func set(_ vector: Int, word: Int, _ value: UInt32) {
    switch word {
    case 0: entries[vector].address = entries[vector].address & ~0xffff_ffff | UInt64(value)
    case 1: entries[vector].address = entries[vector].address & 0xffff_ffff | UInt64(value) << 32
    case 2: entries[vector].data = value
    default: entries[vector].control = value
    }
    entries[vector].written |= 1 << UInt8(word)
  }
}

/// A message-signalled interrupt, reduced to what its sender and every recorder agree on.
///
/// Of x86 messages that is destination and vector: some recorders tell the rest in words only.
struct Message: Hashable, Sendable {
  var address: UInt64
  var data: UInt32

  init(address: UInt64, data: UInt32) {
    let isX86 = address >> 20 & 0xfff == 0xfee
    self.address = isX86 ? address & ~0xfff : address
    self.data = isX86 ? data & 0xff : data
  }
}

/// Who sends which message.
struct MessageIndex: Sendable {
  struct Sender: Sendable, Equatable {
    var function: Int32
    var vector: Int32
  }

  /// nil where two vectors would send the same message.
  private var senders: [Message: Sender?] = [:]

  /// More messages than this at once are not followed.
  private static var limit: Int { 65536 }

  mutating func add(_ message: Message, from sender: Sender) {
    if let old = senders[message], old != sender {
      senders[message] = .some(nil)
    } else if senders.count < Self.limit {
      senders[message] = .some(sender)
    }
  }

  mutating func remove(_ message: Message, from sender: Sender) {
    if let old = senders[message], old == sender { senders[message] = nil }
  }

  func sender(of message: Message) -> Sender? { senders[message] ?? nil }
}
