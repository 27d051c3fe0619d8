import Model
import Testing
import TraceKit

/// Every small ring of some kind, in both byte orders: what a walk promises, by exhaustion.
@Suite struct SmallRingTests {
  struct Form: Sendable {
    var packed: Bool
    var bigEndian: Bool
  }

  static let forms = [false, true].flatMap { packed in
    [false, true].map { Form(packed: packed, bigEndian: $0) }
  }

  /// Every prefix of the memory of a legal ring: the rest is not there, and is told as missing.
  @Test(arguments: 1...8, forms)
  func everyPrefixOfMemory(size: UInt32, form: Form) {
    let layout = Self.layout(size, form.packed, form.bigEndian)
    let whole = Self.ring(layout)
    let expected = Self.snapshot(layout, whole)
    #expect(expected.faults.filter { $0.kind != .sizeNotPowerOfTwo } == [])
    #expect(expected.pending.flatMap(\.buffers).count == Int(size))
    for count in 0..<whole.count {
      let snapshot = Self.snapshot(layout, Array(whole.prefix(count)))
      let isMissing =
        snapshot.faults.contains { $0.kind == .notBacked }
        || snapshot.pending.contains { $0.faults.contains { $0.kind == .notBacked } }
      // What a prefix lacks is told, or was the used ring's padding or an unused event field.
      #expect(isMissing || snapshot.pending == expected.pending, "\(count) bytes of \(whole.count)")
      for (cut, chain) in zip(snapshot.pending, expected.pending) {
        #expect(chain.buffers.starts(with: cut.buffers), "\(count) bytes of \(whole.count)")
      }
    }
  }

  /// A border between two pieces of memory at every byte changes nothing.
  @Test(arguments: 1...8, forms)
  func everyBorderOfMemory(size: UInt32, form: Form) {
    let layout = Self.layout(size, form.packed, form.bigEndian)
    let whole = Self.ring(layout)
    let expected = Self.snapshot(layout, whole)
    for border in 1..<whole.count {
      var memory = HostileMemory()
      memory.add(0, whole[..<border])
      memory.add(UInt64(border), whole[border...])
      #expect(QueueSnapshot(layout, in: memory) == expected, "border at \(border)")
    }
  }

  /// Every graph of NEXT over three descriptors, whether a chain goes on or not, from every head:
  /// the walk follows it, and ends where it comes back.
  @Test(arguments: [false, true]) func everyGraphOfThreeDescriptors(bigEndian: Bool) {
    let layout = Self.layout(3, false, bigEndian)
    for number in 0..<(8 * 64) {
      let links = (0..<3).map { number >> (2 * $0) & 3 }
      let goesOn = (0..<3).map { number >> (6 + $0) & 1 == 1 }
      var bytes = [UInt8](repeating: 0, count: 0x100)
      for index in 0..<3 {
        Self.describe(
          &bytes, 16 * index, flags: goesOn[index] ? 1 : 0, link: UInt16(links[index]), layout)
      }
      let memory = Self.memory(bytes)
      for head in 0..<4 {
        var (expected, at): ([UInt32], Int) = ([], head)
        while at < 3, expected.count < 3 {
          expected.append(UInt32(at))
          guard goesOn[at] else { break }
          at = links[at]
        }
        var walk = ChainWalk(layout, head: UInt16(head))
        var (found, faults): ([UInt32], [RingFault.Kind]) = ([], [])
        while let step = walk.next(in: memory), found.count < 8 {
          switch step {
          case .buffer(let buffer): found.append(buffer.index)
          case .fault(let fault): faults.append(fault.kind)
          }
        }
        #expect(found == expected, "links \(links), goes on \(goesOn), head \(head)")
        let isWhole = expected.last.map { !goesOn[Int($0)] } ?? false
        #expect(faults.isEmpty == isWhole, "links \(links), goes on \(goesOn), head \(head)")
      }
    }
  }

  /// A chain in a table that claims 2^28 entries can reach 65,536 of them and no more.
  @Test func aLoopInAHugeTableEndsSoon() {
    let layout = Self.layout(1, false, false)
    var bytes = [UInt8](repeating: 0, count: 0x100)
    Self.describe(&bytes, 0, flags: 4, link: 0, layout)
    bytes.replaceSubrange(0..<12, with: [0x80, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0xff, 0xff, 0xff])
    Self.describe(&bytes, 0x80, flags: 1, link: 0, layout)
    let memory = Self.memory(bytes)
    var walk = ChainWalk(layout, head: 0)
    var (count, last): (Int, ChainStep?) = (0, nil)
    while let step = walk.next(in: memory), count <= 1 << 17 { (count, last) = (count + 1, step) }
    #expect(count == 65_537)
    #expect(last == .fault(RingFault(.loop, at: .indirect(table: 0x80, entry: 0))))
  }

  // MARK: Making them

  private static func layout(_ size: UInt32, _ packed: Bool, _ bigEndian: Bool) -> QueueLayout {
    // Descriptors at 0, then the driver's area, then the device's.
    var layout = QueueLayout(
      size: size, descriptors: 0, driverArea: 16 * UInt64(size),
      deviceArea: 16 * UInt64(size) + (packed ? 4 : 8 + (2 * UInt64(size) + 3) & ~3))
    layout.isPacked = packed
    layout.isBigEndian = bigEndian
    return layout
  }

  private static func snapshot(_ layout: QueueLayout, _ bytes: [UInt8]) -> QueueSnapshot {
    QueueSnapshot(layout, in: memory(bytes))
  }

  private static func memory(_ bytes: [UInt8]) -> HostileMemory {
    var memory = HostileMemory()
    memory.add(0, bytes)
    return memory
  }

  private static func set<T: FixedWidthInteger>(
    _ bytes: inout [UInt8], _ place: Int, _ value: T, _ layout: QueueLayout
  ) {
    for index in 0..<MemoryLayout<T>.size {
      let byte = layout.isBigEndian ? MemoryLayout<T>.size - 1 - index : index
      bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * byte))
    }
  }

  private static func describe(
    _ bytes: inout [UInt8], _ place: Int, flags: UInt16, link: UInt16, _ layout: QueueLayout
  ) {
    set(&bytes, place, UInt64(0x9000 + place), layout)
    set(&bytes, place + 8, UInt32(place + 1), layout)
    set(&bytes, place + 12, layout.isPacked ? link : flags, layout)
    set(&bytes, place + 14, layout.isPacked ? flags : link, layout)
  }

  /// One chain of all descriptors, pending.
  private static func ring(_ layout: QueueLayout) -> [UInt8] {
    let size = Int(layout.size)
    let end = Int(layout.deviceArea) + (layout.isPacked ? 4 : 6 + 8 * size)
    var bytes = [UInt8](repeating: 0, count: end)
    for index in 0..<size {
      let next: UInt16 = index < size - 1 ? 1 : 0
      let available: UInt16 = layout.isPacked ? 0x80 : 0
      let link = layout.isPacked ? 5 : UInt16(index + 1) % UInt16(size)
      describe(&bytes, 16 * index, flags: next | available, link: link, layout)
    }
    if !layout.isPacked { set(&bytes, Int(layout.driverArea) + 2, UInt16(1), layout) }
    return bytes
  }
}
