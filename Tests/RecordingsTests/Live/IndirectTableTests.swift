import Model
import Testing
import Wire

@testable import Recordings

/// A look at rings takes the indirect tables with it that the device has.
@Suite struct IndirectTableTests {
  /// Memory that a driver and a device write, and rings of four entries in it.
  private struct Guest: ~Copyable {
    var memory = OverlayMemory(on: CombinedMemory())
    var layout: QueueLayout

    init(isPacked: Bool = false) {
      layout = QueueLayout(size: 4, descriptors: 0x1000, driverArea: 0x2000, deviceArea: 0x3000)
      layout.isPacked = isPacked
      put([UInt8](repeating: 0, count: 0x3000), at: 0x1000)
    }

    mutating func put(_ bytes: [UInt8], at address: UInt64) {
      let done = memory.write(bytes.rawBytes, at: address)
      #expect(done)
    }

    mutating func put<T: FixedWidthInteger>(_ value: T, at address: UInt64) {
      put(withUnsafeBytes(of: value.littleEndian) { Array($0) }, at: address)
    }

    /// A descriptor in a ring or a table; `last` is `next`, or for packed rings the flags.
    mutating func describe(
      _ place: UInt64, _ address: UInt64, _ length: UInt32, _ third: UInt16, _ last: UInt16 = 0
    ) {
      put(address, at: place)
      put(length, at: place + 8)
      put(third, at: place + 12)
      put(last, at: place + 14)
    }

    /// A table with two buffers, the first of which lies at `buffer`.
    mutating func table(_ place: UInt64, buffer: UInt64) {
      describe(place, buffer, 16, 1, 1)
      describe(place + 16, buffer + 0x100, 512, 2)
    }

    mutating func makeAvailable(_ head: UInt16, index: UInt16) {
      put(head, at: 0x2004 + 2 * UInt64((index &- 1) % 4))
      put(index, at: 0x2002)
    }

    mutating func use(_ id: UInt32, index: UInt16) {
      put(id, at: 0x3004 + 8 * UInt64((index &- 1) % 4))
      put(index, at: 0x3002)
    }
  }

  private func look(_ ring: inout WatchedRing, _ guest: borrowing Guest) -> [UInt64: [UInt8]] {
    var look = MemoryLook(time: 1)
    let done = ring.add(to: &look, from: guest.memory)
    #expect(done)
    return Dictionary(uniqueKeysWithValues: look.pieces.map { ($0.address, $0.bytes) })
  }

  @Test func tablesThatTheDeviceHasAreTaken() {
    var guest = Guest()
    var ring = WatchedRing(guest.layout)
    guest.table(0x8000, buffer: 0x9000)
    guest.describe(0x1000, 0x8000, 32, 4)
    guest.makeAvailable(0, index: 1)
    #expect(look(&ring, guest)[0x8000]?.count == 32)
    // Told once, and not again with the next chain, whose table is behind a direct buffer.
    guest.table(0xa000, buffer: 0xb000)
    guest.describe(0x1010, 0xc000, 8, 1, 2)
    guest.describe(0x1020, 0xa000, 32, 4)
    guest.makeAvailable(1, index: 2)
    let second = look(&ring, guest)
    #expect(second[0x8000] == nil && second[0xa000]?.count == 32)
    // A chain that came and went: its table is the driver's again.
    guest.table(0xd000, buffer: 0xe000)
    guest.describe(0x1030, 0xd000, 32, 4)
    guest.makeAvailable(3, index: 3)
    guest.use(3, index: 1)
    #expect(look(&ring, guest)[0xd000] == nil)
    // Used out of order and made available anew, with another table.
    guest.describe(0x1030, 0xf000, 64, 4)
    guest.put([UInt8](repeating: 1, count: 64), at: 0xf000)
    guest.makeAvailable(3, index: 4)
    #expect(look(&ring, guest)[0xf000]?.count == 64)
    // No chain has more buffers than the queue has entries.
    guest.use(0, index: 2)
    guest.describe(0x1000, 0x8000, 1 << 20, 4)
    guest.put([UInt8](repeating: 2, count: 128), at: 0x8000)
    guest.makeAvailable(0, index: 5)
    #expect(look(&ring, guest)[0x8000]?.count == 64)
  }

  @Test func hostileRingsGiveNothing() {
    var guest = Guest()
    var ring = WatchedRing(guest.layout)
    // A chain that is a loop, a head beyond the table, a table nowhere, and one of no length.
    guest.describe(0x1000, 0, 1, 1, 0)
    guest.describe(0x1010, .max - 15, 64, 4)
    guest.describe(0x1020, 0x8000, 0, 4)
    for (place, head) in [UInt16(0), 7, 1, 2].enumerated() {
      guest.makeAvailable(head, index: UInt16(place + 1))
    }
    #expect(look(&ring, guest).keys.allSatisfy { $0 < 0x4000 })
    // Indexes that went around tell nothing.
    guest.put(UInt16(0x8000), at: 0x2002)
    #expect(look(&ring, guest).keys.allSatisfy { $0 < 0x4000 })
  }

  @Test func packedTablesThatTheDeviceHasAreTaken() {
    var guest = Guest(isPacked: true)
    var ring = WatchedRing(guest.layout)
    let (available, used) = (UInt16(1 << 7), UInt16(1 << 15))
    guest.table(0x8000, buffer: 0x9000)
    guest.describe(0x1000, 0x8000, 32, 5, 4 | available)
    guest.describe(0x1010, 0xa000, 32, 6, 4 | available | used)
    let first = look(&ring, guest)
    #expect(first[0x8000]?.count == 32 && first[0xa000] == nil)
    #expect(look(&ring, guest).isEmpty)
    // The same slot in the next round.
    guest.describe(0x1000, 0x8000, 16, 5, 4 | used)
    #expect(look(&ring, guest)[0x8000]?.count == 16)
  }

  /// What a look wrote is decoded to the buffers.
  @Test func chainsAreDecoded() {
    var guest = Guest()
    var ring = WatchedRing(guest.layout)
    guest.table(0x8000, buffer: 0x9000)
    guest.describe(0x1000, 0x8000, 32, 4)
    guest.makeAvailable(0, index: 1)
    var taken = MemoryLook(time: 1)
    let done = ring.add(to: &taken, from: guest.memory)
    #expect(done)
    var again = OverlayMemory(on: CombinedMemory())
    for piece in taken.pieces { _ = again.write(piece.bytes.rawBytes, at: piece.address) }
    let snapshot = QueueSnapshot(guest.layout, in: again)
    #expect(snapshot.pending.first?.buffers.map(\.address) == [0x9000, 0x9100])
  }
}
