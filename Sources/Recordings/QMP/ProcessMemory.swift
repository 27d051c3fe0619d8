internal import Glibc

/// Bytes of another process, read when they are asked for and kept until `refresh`.
///
/// Nothing is lent but bytes that lie still: lines of 512 bytes are read into room that lives as long
/// as this does and is taken for other lines only after a `refresh`. Nothing is written to the
/// process, and it is not stopped.
///
/// Vouched for as `@safe`: each pointer leads to room of `slabSize` bytes that is freed only in
/// `deinit`, and `slot` is counted up to `slotLimit`.
@safe final class ProcessMemory {
  private let descriptor: Descriptor
  /// The slot and the count of bytes of each line that was read, by address / 512.
  private var lines: [Int: (slot: Int, count: Int)] = [:]
  private var slabs: [UnsafeMutableRawPointer] = unsafe []
  private var slot = 0

  private static var lineSize: Int { 512 }
  private static var slabSize: Int { 1 << 20 }
  private static var slotsPerSlab: Int { slabSize / lineSize }
  /// More lines than one reading of a queue can touch, which looks at no more than 2^17 descriptors
  /// (of two lines each at worst) and the rings.
  private static var slotLimit: Int { 300_000 }

  /// Opens the memory of a process.
  init(of process: Int32) throws(RecordingError) {
    descriptor = try Descriptor(path: "/proc/\(process)/mem")
  }

  deinit {
    while let slab = unsafe slabs.popLast() { unsafe slab.deallocate() }
  }

  /// Forgets what was read, so that everything is read again.
  func refresh() {
    lines.removeAll(keepingCapacity: lines.count < 1 << 12)
    slot = 0
  }

  /// The bytes from the beginning of `range` on, up to its end or that of a line; none when they
  /// cannot be read.
  func bytes(in range: Range<Int>) -> UnsafeRawBufferPointer {
    let offset = range.lowerBound & (Self.lineSize - 1)
    guard range.lowerBound >= 0, !range.isEmpty,
      let line = line(range.lowerBound / Self.lineSize), line.count > offset
    else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = unsafe pointer(to: line.slot) + offset
    return unsafe UnsafeRawBufferPointer(start: start, count: min(line.count - offset, range.count))
  }

  private func pointer(to slot: Int) -> UnsafeMutableRawPointer {
    unsafe slabs[slot / Self.slotsPerSlab] + slot % Self.slotsPerSlab * Self.lineSize
  }

  private func line(_ number: Int) -> (slot: Int, count: Int)? {
    if let line = lines[number] { return line }
    guard slot < Self.slotLimit else { return nil }
    if unsafe slot / Self.slotsPerSlab == slabs.count {
      unsafe slabs.append(.allocate(byteCount: Self.slabSize, alignment: 16))
    }
    // `pread` writes at most one line, into a slot that nobody else has.
    let count = unsafe pread(
      descriptor.number, pointer(to: slot), Self.lineSize, off_t(number * Self.lineSize))
    let line = (slot: slot, count: max(count, 0))
    lines[number] = line
    slot += 1
    return line
  }
}
