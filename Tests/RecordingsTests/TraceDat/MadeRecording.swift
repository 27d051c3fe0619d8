import Foundation
import Testing
import TraceKit

/// A made recording with everything that a ring buffer can hold: several CPUs and buffers, long and
/// absolute times, discarded events, losses, reads that never end.
struct MadeRecording: CustomTestStringConvertible {
  var version = 6
  var isBigEndian = false
  var longSize = 8
  var buffers = [""]
  var cpus = 3
  var events = 3000
  var options: [(id: UInt16, data: [UInt8])] = []
  var clock = "mono"
  var pageSize = 4096

  var testDescription: String {
    "version \(version), \(isBigEndian ? "big" : "little")-endian, long \(longSize), "
      + "\(buffers.count) buffers"
  }

  static let kinds: [TraceEventKind] = [
    .kvmMMIO(), .kvmPIO(), .kvmFastMMIO(), .kvmMSISetIRQ(), .kvmSetIRQ(), .kvmUserspaceExit(),
    .foreign(),
    // Longer than the length that fits into an event's header.
    TraceEventKind(
      system: "kvm", name: "kvm_long", id: 77,
      fields: (0..<20).map { .init("u64", "word\($0)", size: 8) }, printFormat: "\"long\""),
  ]

  func file(pack: (@Sendable ([UInt8]) -> [UInt8])? = nil) -> [UInt8] {
    var shape = TraceDatWriter.Shape()
    shape.version = version
    shape.isBigEndian = isBigEndian
    shape.longSize = longSize
    shape.buffers = buffers
    shape.cpus = cpus
    shape.options = options
    shape.clock = clock
    shape.pageSize = pageSize
    if let pack {
      shape.pack = pack
      shape.compression = "zlib"
    }
    var writer = TraceDatWriter(shape, kinds: Self.kinds)
    var generator = SeededGenerator(seed: UInt64(events + cpus))
    // Near the end of what 59 bits hold, so that the bits above matter.
    var time: UInt64 = 3 << 59 &+ 1000
    if version == 7 { time = 6_333_780_584_166 }
    for number in 0..<events {
      time += .random(in: 0..<3000, using: &generator)
      if number % 500 == 499 { time += 1 << 31 }
      add(number, time, to: &writer, &generator)
    }
    return writer.file()
  }

  private func add(
    _ number: Int, _ time: UInt64, to writer: inout TraceDatWriter,
    _ generator: inout SeededGenerator
  ) {
    let cpu = Int.random(in: 0..<cpus, using: &generator)
    let buffer = Int.random(in: 0..<buffers.count, using: &generator)
    let thread = Int32.random(in: 1000..<1004, using: &generator)
    if number % 97 == 50 { writer.discard(8 + 4 * (number % 5), cpu: cpu, buffer: buffer) }
    if number % 211 == 200 {
      writer.lose(number % 2 == 0 ? 0 : UInt64(number), cpu: cpu, buffer: buffer)
    }
    let (kind, values) = event(number, &generator)
    writer.add(
      kind, values, time: time, cpu: cpu, thread: thread, buffer: buffer,
      absolute: number % 53 == 20 && number % 211 != 200)
  }

  private func event(
    _ number: Int, _ generator: inout SeededGenerator
  ) -> (kind: Int, values: [UInt64]) {
    let address = 0xfe00_0000 + UInt64.random(in: 0..<4, using: &generator) * 0x10
    let value = UInt64.random(in: .min ... .max, using: &generator)
    let width: UInt64 = [1, 2, 4, 8, 16].randomElement(using: &generator) ?? 4
    switch Int.random(in: 0..<12, using: &generator) {
    case 0, 1: return (0, [0, width, address, 0])
    case 2, 3: return (0, [1, width, address + (width > 8 ? 8 : 0), value])
    case 4, 5: return (0, [2, width, address, value])
    case 6:
      return (1, [value & 1, 0xcf8 + value % 8, min(width, 4), value % 3 + 1, value & 0xffff_ffff])
    case 7: return (2, [address])
    case 8: return (3, [0xfee0_0000 + (value % 16) << 12, 0x4030 + value % 8])
    case 9: return (4, [value % 24, value >> 8 & 1, 0])
    case 10: return (number % 7 == 0 ? 7 : 5, number % 7 == 0 ? [1, 2, 3] : [6, 0])
    default: return (6, [100, 120, 1])
    }
  }
}
