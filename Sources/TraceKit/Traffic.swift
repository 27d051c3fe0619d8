public import Model

/// Seeded traffic: one virtio-mmio block device that is initialized and then runs, among accesses to
/// other devices. The same seed gives the same accesses.
public struct Traffic {
  private var random: UInt64
  private var queue: [Access] = []
  private var next = 0
  private var record: UInt64 = 0
  private let spacing: Int64
  private var time: Int64 = 1_700_000_000_000_000_000

  static let base: UInt64 = 0x0a00_3e00

  /// - Parameter spacing: nanoseconds from one access to the next: at least so many, twice as many in
  ///   the mean.
  public init(seed: UInt64, spacing: Int64 = 500) {
    random = seed
    self.spacing = max(spacing, 1)
    for step in Self.initialization {
      queue.append(access(step.0, Self.base + step.1, step.2, step.3))
    }
  }

  /// xorshift64: quick, and good enough to spread addresses.
  private mutating func roll() -> UInt64 {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return random
  }

  private mutating func access(
    _ isWrite: Bool, _ address: UInt64, _ value: UInt64, _ width: UInt32
  ) -> Access {
    record += 1
    time += spacing + Int64(roll() % UInt64(2 * spacing))
    return Access(
      kind: .mmio, record: record, time: time, location: 0, address: address, value: value,
      width: width, flags: isWrite ? .toDevice : [], cpu: 0)
  }

  /// The next access.
  public mutating func step() -> Access {
    if next == queue.count { refill() }
    defer { next += 1 }
    return queue[next]
  }

  /// One request of the device: a kick, then its interrupt is read and acknowledged, with foreign
  /// accesses between.
  private mutating func refill() {
    queue.removeAll(keepingCapacity: true)
    next = 0
    foreign()
    queue.append(access(true, Self.base + 0x50, 0, 4))
    foreign()
    queue.append(access(false, Self.base + 0x60, 1, 4))
    queue.append(access(true, Self.base + 0x64, 1, 4))
    foreign()
  }

  private mutating func foreign() {
    let page: UInt64 = roll() & 1 == 0 ? 0xfee0_0000 : 0xfebf_0000
    queue.append(access(roll() & 1 == 0, page + roll() % 1024 * 4, roll() & 0xffff_ffff, 4))
  }

  /// Write or read, register, value, width: a Version 2 block device from its probe to DRIVER_OK.
  private static let initialization: [(Bool, UInt64, UInt64, UInt32)] = [
    (false, 0x00, 0x7472_6976, 4), (false, 0x04, 2, 4), (false, 0x08, 2, 4),
    (false, 0x0c, 0x554d_4551, 4), (true, 0x70, 0, 4), (false, 0x70, 0, 4), (true, 0x70, 1, 4),
    (false, 0x70, 1, 4), (true, 0x70, 3, 4), (true, 0x14, 1, 4), (false, 0x10, 1, 4),
    (true, 0x14, 0, 4), (false, 0x10, 0x6e54, 4), (true, 0x24, 1, 4), (true, 0x20, 1, 4),
    (true, 0x24, 0, 4), (true, 0x20, 0x0e54, 4), (true, 0x70, 0x0b, 4), (false, 0x70, 0x0b, 4),
    (true, 0x30, 0, 4), (false, 0x44, 0, 4), (false, 0x34, 1024, 4), (true, 0x38, 256, 4),
    (true, 0x80, 0x4000_0000, 4), (true, 0x84, 0, 4), (true, 0x90, 0x4000_1000, 4),
    (true, 0x94, 0, 4), (true, 0xa0, 0x4000_2000, 4), (true, 0xa4, 0, 4), (true, 0x44, 1, 4),
    (true, 0x70, 0x0f, 4),
  ]
}
