extension TraceDatWriter {
  /// A recording of a busy virtio-mmio device, for measuring: `accesses` accesses and about as many
  /// events that nobody needs, the same for the same numbers.
  ///
  /// A block device of version 2 at 0xfeb00000 is set up, then kicked, and its interrupts are taken
  /// and acknowledged, by one thread for each CPU.
  public static func busyDevice(
    accesses: Int, cpus: Int = 2, shape: Shape = Shape()
  ) -> [UInt8] {
    var shape = shape
    shape.cpus = cpus
    var load = Load(
      writer: TraceDatWriter(shape, kinds: [.kvmMMIO(), .kvmUserspaceExit(), .foreign()]))
    load.setUp()
    var round = 0
    while load.accesses < accesses {
      load.cpu = round % cpus
      load.write(0x50, 0)
      load.read(0x60, 1)
      load.write(0x64, 1)
      load.rest()
      round += 1
    }
    return load.writer.file()
  }

  private struct Load {
    var writer: TraceDatWriter
    var accesses = 0
    var cpu = 0
    var time: UInt64 = 1_000_000_000

    mutating func event(_ kind: Int, _ values: [UInt64]) {
      time += 350
      writer.add(kind, values, time: time, cpu: cpu, thread: 1000 + Int32(cpu))
    }

    mutating func write(_ register: UInt64, _ value: UInt64) {
      event(0, [2, 4, 0xfeb0_0000 + register, value])
      event(1, [6, 0])
      accesses += 1
    }

    mutating func read(_ register: UInt64, _ value: UInt64) {
      event(0, [0, 4, 0xfeb0_0000 + register, 0])
      event(1, [6, 0])
      event(0, [1, 4, 0xfeb0_0000 + register, value])
      accesses += 1
    }

    /// What else the host does meanwhile.
    mutating func rest() {
      event(2, [100, 120, 1])
      event(2, [101, 120, 0])
    }

    /// What a driver does before its first request.
    mutating func setUp() {
      for (register, value) in [(0, 0x7472_6976), (4, 2), (8, 2), (0xc, 0x554d_4551)] {
        read(UInt64(register), UInt64(value))
      }
      write(0x70, 0)
      read(0x70, 0)
      write(0x70, 1)
      write(0x70, 3)
      for word: UInt64 in [1, 0] {
        write(0x14, word)
        read(0x10, word == 1 ? 1 : 0)
      }
      for word: UInt64 in [1, 0] {
        write(0x24, word)
        write(0x20, word == 1 ? 1 : 0)
      }
      write(0x70, 0xb)
      read(0x70, 0xb)
      write(0x30, 0)
      read(0x44, 0)
      read(0x34, 256)
      write(0x38, 256)
      for (register, value) in [
        (0x80, 0x10_0000), (0x84, 0), (0x90, 0x11_0000), (0x94, 0), (0xa0, 0x12_0000), (0xa4, 0),
        (0x44, 1), (0x70, 0xf),
      ] {
        write(UInt64(register), UInt64(value))
      }
    }
  }
}
