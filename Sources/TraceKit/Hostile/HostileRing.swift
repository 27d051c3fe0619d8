public import Model
import Wire

/// A virtqueue that bytes choose, in memory that they choose too.
///
/// The first byte tells how: a legal ring as a driver and a device leave it, with a few changes, so
/// that walks go deep; or any layout over the bytes that follow, with areas that overlap, wrap and
/// cross from one piece of memory into the next.
public struct HostileRing {
  public private(set) var layout = QueueLayout(
    size: 0, descriptors: 0, driverArea: 0, deviceArea: 0)
  public private(set) var memory = HostileMemory()
  /// How many chains the device took, as a recording may tell.
  public private(set) var taken: UInt32?
  private var choices: ByteChoices

  /// The ring of `bytes`, of the format that `packed` tells.
  public init(_ bytes: [UInt8], packed: Bool) {
    choices = ByteChoices(bytes)
    layout.isPacked = packed
    let features = choices.byte()
    layout.isBigEndian = features & 1 != 0
    layout.hasEventIndex = features & 2 != 0
    layout.allowsIndirect = features & 4 != 0
    layout.isInOrder = features & 18 == 18
    memory.isWhole = features & 8 != 0
    if features & 16 != 0 { taken = UInt32(choices.byte()) }
    if features & 32 != 0 { makeLegal() } else { makeAny() }
    if features & 64 != 0 { layout.descriptors = layout.descriptors &+ choices.interesting() }
    if features & 128 != 0 { layout.driverArea = choices.interesting() }
  }

  // MARK: Any memory

  private mutating func makeAny() {
    layout.size = size()
    let base: UInt64 = choices.element([0, 0x1000, .max - 0x3f, .max - 0xfff])
    layout.descriptors = base
    layout.driverArea = base &+ area()
    layout.deviceArea = base &+ area()
    let rest = Array(choices.rest())
    let pieces = choices.below(4) + 1
    let length = max(rest.count / pieces, 1)
    for (index, start) in stride(from: 0, to: rest.count, by: length).enumerated() {
      let end = min(start + length, rest.count)
      // Most pieces touch the one before.
      let gap: UInt64 = index == 3 ? 1 : 0
      let (place, wraps) = base.addingReportingOverflow(UInt64(start) + gap)
      if !wraps { memory.add(place, rest[start..<end]) }
    }
  }

  private mutating func size() -> UInt32 {
    switch choices.byte() {
    case let small where small < 0x80: UInt32(small & 15)
    case let power where power < 0xf0: 1 << UInt32(power & 15)
    default: UInt32(truncatingIfNeeded: choices.number(4))
    }
  }

  private mutating func area() -> UInt64 {
    choices.below(8) == 0 ? choices.interesting() : UInt64(choices.byte()) << 1
  }

  // MARK: Legal rings with changes

  private static let descriptorArea: UInt64 = 0x1000
  private static let driverArea: UInt64 = 0x1400
  private static let deviceArea: UInt64 = 0x1500
  private static let tables: UInt64 = 0x1800

  private mutating func makeLegal() {
    layout.size = 1 << UInt32(choices.below(6))
    layout.descriptors = Self.descriptorArea
    layout.driverArea = Self.driverArea
    layout.deviceArea = Self.deviceArea
    // One piece, or a border at any place of the tables.
    let border = choices.below(4) == 0 ? Int(choices.number(2) & 0xfff) : 0
    memory.add(0x1000, repeatElement(0, count: border))
    memory.add(0x1000 + UInt64(border), repeatElement(0, count: 0x1000 - border))
    if layout.isPacked { drivePacked() } else { driveSplit() }
    while !choices.isAtEnd { change() }
  }

  private mutating func set<T: FixedWidthInteger>(_ address: UInt64, _ value: T) {
    memory.set(address, value, bigEndian: layout.isBigEndian)
  }

  private mutating func describe(_ address: UInt64, flags: UInt16, link: UInt16) {
    set(address, 0x1000 + UInt64(choices.byte()))
    set(address + 8, UInt32(choices.byte()))
    set(address + 12, layout.isPacked ? link : flags)
    set(address + 14, layout.isPacked ? flags : link)
  }

  /// A table of up to 8 entries at one of 8 places.
  private mutating func table(at address: UInt64, flags: UInt16, link: UInt16) {
    let count = choices.below(8) + 1
    let table = Self.tables + UInt64(choices.below(8)) * 128
    for entry in 0..<count {
      let next: UInt16 = entry < count - 1 ? 1 : 0
      describe(
        table + UInt64(entry) * 16, flags: next | UInt16(choices.below(2)) * 2,
        link: UInt16(entry + 1))
    }
    describe(address, flags: flags | 4, link: link)
    set(address, table)
    set(address + 8, UInt32(count) * 16)
  }

  /// Chains from a free list are offered and used, in order or not, from any ring index on.
  private mutating func driveSplit() {
    let size = UInt16(layout.size)
    var available = choices.below(2) == 0 ? 0 : UInt16(truncatingIfNeeded: choices.number(2))
    var used = available
    var free = Array(0..<size)
    var outstanding: [(head: UInt16, chain: [UInt16])] = []
    for _ in 0..<choices.below(64) {
      let action = choices.byte()
      if action & 1 == 0, !free.isEmpty {
        let length = min(Int(action >> 1 & 3) + 1, free.count)
        let chain = (0..<length).map { _ in free.remove(at: choices.below(free.count)) }
        write(chain, indirect: action & 8 != 0)
        set(Self.driverArea + 4 + 2 * UInt64(available % size), chain[0])
        outstanding.append((chain[0], chain))
        available &+= 1
      } else if !outstanding.isEmpty {
        let done = outstanding.remove(at: action & 2 == 0 ? 0 : choices.below(outstanding.count))
        set(Self.deviceArea + 4 + 8 * UInt64(used % size), UInt32(done.head))
        free += done.chain
        used &+= 1
      }
    }
    set(Self.driverArea + 2, available)
    set(Self.deviceArea + 2, used)
    set(Self.driverArea, UInt16(choices.below(2)))
    set(Self.deviceArea, UInt16(choices.below(2)))
    set(Self.driverArea + 4 + 2 * UInt64(size), used &- UInt16(choices.below(4)))
    set(Self.deviceArea + 4 + 8 * UInt64(size), available &- UInt16(choices.below(4)))
  }

  private mutating func write(_ chain: [UInt16], indirect: Bool) {
    for (place, index) in chain.enumerated() {
      let address = Self.descriptorArea + 16 * UInt64(index)
      let isLast = place == chain.count - 1
      if isLast, indirect {
        table(at: address, flags: 0, link: 0)
      } else {
        describe(
          address, flags: (isLast ? 0 : 1) | UInt16(choices.below(2)) * 2,
          link: isLast ? 0 : chain[place + 1])
      }
    }
  }

  /// Chains take the next slots round after round; one used descriptor is written for each.
  private mutating func drivePacked() {
    let size = layout.size
    var (driver, driverWrap, device, deviceWrap) = (UInt32(0), true, UInt32(0), true)
    var outstanding: [(id: UInt16, length: UInt32)] = []
    var free = size
    func step(_ slot: inout UInt32, _ wrap: inout Bool, by count: UInt32) {
      slot += count
      if slot >= size { (slot, wrap) = (slot - size, !wrap) }
    }
    for number in 0..<choices.below(64) {
      let action = choices.byte()
      if action & 1 == 0, free > 0 {
        let length = action & 8 != 0 ? 1 : min(UInt32(action >> 1 & 3) + 1, free)
        for place in 0..<length {
          let address = Self.descriptorArea + 16 * UInt64(driver)
          let wrap: UInt16 = driverWrap ? 0x80 : 0x8000
          if action & 8 != 0 {
            table(at: address, flags: wrap, link: UInt16(number))
          } else {
            let next: UInt16 = place < length - 1 ? 1 : 0
            describe(
              address, flags: wrap | next | UInt16(choices.below(2)) * 2, link: UInt16(number))
          }
          step(&driver, &driverWrap, by: 1)
        }
        outstanding.append((UInt16(number), length))
        free -= length
      } else if !outstanding.isEmpty {
        let done = outstanding.remove(at: action & 2 == 0 ? 0 : choices.below(outstanding.count))
        describe(
          Self.descriptorArea + 16 * UInt64(device), flags: deviceWrap ? 0x8080 : 0, link: done.id)
        step(&device, &deviceWrap, by: done.length)
        free += done.length
      }
    }
    for area in [Self.driverArea, Self.deviceArea] {
      set(area, UInt16(choices.byte()) | UInt16(choices.below(2)) << 15)
      set(area + 2, UInt16(choices.below(4)))
    }
  }

  /// One thing that nobody may write.
  private mutating func change() {
    let descriptor = Self.descriptorArea + 16 * UInt64(choices.below(Int(layout.size)))
    switch choices.below(8) {
    case 0: memory.flip(Int(choices.number(2)), bit: choices.byte())
    case 1: set(descriptor, choices.interesting())
    case 2: set(descriptor + 8, UInt32(truncatingIfNeeded: choices.interesting()))
    case 3: set(descriptor + 12, UInt16(choices.byte()))
    case 4: set(descriptor + 14, UInt16(choices.byte()))
    case 5: set(Self.tables + UInt64(choices.below(64)) * 16 + 12, UInt32(choices.number(4)))
    case 6: set(Self.driverArea + 2 * UInt64(choices.below(40)), UInt16(choices.number(2)))
    default: set(Self.deviceArea + 2 * UInt64(choices.below(140)), UInt16(choices.number(2)))
    }
  }
}
