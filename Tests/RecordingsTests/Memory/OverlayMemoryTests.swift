import Testing
import Wire

@testable import Model
@testable import Recordings

@Suite struct OverlayMemoryTests {
  /// What an overlay must answer, byte by byte and by the plainest means.
  struct Plain {
    var bytes: [UInt64: UInt8] = [:]

    func run(_ address: UInt64, _ count: Int) -> [UInt8] {
      var all: [UInt8] = []
      while all.count < count, let byte = bytes[address &+ UInt64(all.count)] { all.append(byte) }
      return all
    }
  }

  @Test func threeStatesOfAByte() throws {
    let scratch = try Scratch()
    let path = try scratch.file("ram", [UInt8](repeating: 7, count: 0x3000))
    var memory = OverlayMemory(on: try CombinedMemory([.parse("file:\(path)")]))
    let first = memory.write([1, 2, 3].rawBytes, at: 0xffe)
    #expect(first && memory.pageCount == 2)
    #expect(memory.bytes(0xffd, 5) == [7, 1, 2, 3, 7])
    memory.forget(at: 0xfff, count: 3)
    #expect(memory.bytes(0xffd, 9) == [7, 1] && memory.bytes(0x1000, 1).isEmpty)
    #expect(memory.bytes(0x1002, 1) == [7])
    let second = memory.write([9].rawBytes, at: 0x1000)
    #expect(second && memory.bytes(0x1000, 9) == [9])
    memory.forget(at: 0, count: .max)
    #expect(memory.bytes(0, 1).isEmpty && memory.bytes(0x1000, 1).isEmpty)
  }

  @Test func boundedAndAtTheEndOfTheAddressSpace() {
    var memory = OverlayMemory(on: CombinedMemory(), pageLimit: 2)
    let fits = memory.write([1, 2].rawBytes, at: 0x1fff)
    // Known before, and no room for what comes behind: no byte of it is served.
    let tooMuch = memory.write([UInt8](repeating: 3, count: 8192).rawBytes, at: 0x1fff)
    #expect(fits && !tooMuch && memory.pageCount == 2 && memory.bytes(0x1fff, 9).isEmpty)
    var top = OverlayMemory(on: CombinedMemory())
    let last = top.write([5].rawBytes, at: .max)
    #expect(last && top.bytes(.max, 1) == [5])
    let beyond = top.write([5, 6].rawBytes, at: .max)
    #expect(!beyond && top.bytes(.max, 1).isEmpty)
    top.forget(at: .max - 1, count: .max)
    #expect(top.bytes(.max, 1).isEmpty)
  }

  /// A ring recorded in one piece is lent in one piece, and no further than it is known.
  @Test func spansCrossPages() {
    var memory = OverlayMemory(on: CombinedMemory())
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let written = memory.write(bytes.rawBytes, at: 0x1234)
    let lent = memory.span(at: 0x1234, count: .max)?.byteCount
    #expect(written && lent == 10_000 && memory.bytes(0x1234, 20_000) == bytes)
  }

  /// Thousands of writes and losses in a small space, against the plain model.
  @Test(arguments: [1, 2, 3] as [UInt64]) func likeThePlainModel(seed: UInt64) throws {
    var state = seed &* 0x9e37_79b9_7f4a_7c15
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let scratch = try Scratch()
    let below = MemoryBuilder.sparse([(0x800, 0x900, nil), (0x2f00, 0x400, nil)])
    let base = try CombinedMemory([.sparse(path: scratch.file("ram", below))])
    var plain = Plain()
    for range in base.ranges { for address in range { plain.bytes[address] = 0 } }
    var memory = OverlayMemory(on: base)
    for step in 0..<600 {
      let address = next(0x4000)
      let count = Int(next(step % 7 == 0 ? 5000 : 70)) + 1
      if next(3) == 0 {
        memory.forget(at: address, count: UInt64(count))
        for index in 0..<count { plain.bytes[address + UInt64(index)] = nil }
      } else {
        let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: count)
        let written = memory.write(bytes.rawBytes, at: address)
        #expect(written)
        for index in 0..<count { plain.bytes[address + UInt64(index)] = bytes[index] }
      }
      let place = next(0x6000)
      #expect(memory.bytes(place, 3000) == plain.run(place, 3000), "step \(step) at \(place)")
    }
  }

  /// The set never loses an address, however many ranges come.
  @Test func boundedRanges() {
    var ranges = AddressRanges(limit: 4)
    for number: UInt64 in [50, 10, 90, 30, 70, 20, 0, 100] { ranges.insert(number...number + 2) }
    #expect(ranges.ranges.count <= 4)
    for number: UInt64 in [50, 10, 90, 30, 70, 20, 0, 100] {
      #expect(ranges.free(from: number + 2, count: 1) == 0)
    }
    ranges.insert(0...UInt64.max)
    #expect(ranges.ranges == [0...UInt64.max])
  }
}
