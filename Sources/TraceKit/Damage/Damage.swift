/// Calls `body` with `bytes` cut at `count` places spread evenly over it, both ends included.
///
/// What it got is everything before the cut; the number of bytes is the place.
public func forEachCut(
  of bytes: [UInt8], count: Int = 200, _ body: (_ cut: [UInt8]) throws -> Void
) rethrows {
  for number in 0..<count {
    let place = count > 1 ? bytes.count * number / (count - 1) : 0
    try body(Array(bytes.prefix(place)))
  }
}

/// Calls `body` with copies of `bytes` in which one to four neighbouring bytes are changed, the
/// same ones for the same `seed`, `together` such changes in each copy; `place` is the first byte.
public func forEachMutation(
  of bytes: [UInt8], count: Int = 2000, together: Int = 1, seed: UInt64,
  _ body: (_ damaged: [UInt8], _ place: Int) throws -> Void
) rethrows {
  guard !bytes.isEmpty else { return }
  var generator = SeededGenerator(seed: seed)
  for _ in 0..<count {
    var damaged = bytes
    var first = bytes.count
    for _ in 0..<max(together, 1) {
      first = min(first, change(&damaged, of: bytes, &generator))
    }
    try body(damaged, first)
  }
}

/// Changes one to four bytes somewhere; returns where the first of them stands.
private func change(
  _ damaged: inout [UInt8], of bytes: [UInt8], _ generator: inout SeededGenerator
) -> Int {
  let place = Int.random(in: 0..<bytes.count, using: &generator)
  let length = Int.random(in: 1...4, using: &generator)
  for index in place..<min(place + length, bytes.count) {
    damaged[index] = damagedByte(bytes[index], &generator)
  }
  return place
}

/// What becomes of a byte: an extreme value, where the errors are, one bit turned, or anything.
private func damagedByte(_ byte: UInt8, _ generator: inout SeededGenerator) -> UInt8 {
  switch UInt8.random(in: 0..<4, using: &generator) {
  case 0, 1: [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
  case 2: byte ^ 1 << UInt8.random(in: 0..<8, using: &generator)
  default: UInt8.random(in: .min ... .max, using: &generator)
  }
}
