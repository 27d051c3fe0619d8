/// A generator of numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// Calls `body` with `bytes` cut at `count` places spread evenly over it, both ends included.
///
/// What it got is everything before the cut; the number of bytes is the place.
func forEachCut(
  of bytes: [UInt8], count: Int = 200, _ body: (_ cut: [UInt8]) throws -> Void
) rethrows {
  for number in 0..<count {
    let place = count > 1 ? bytes.count * number / (count - 1) : 0
    try body(Array(bytes.prefix(place)))
  }
}

/// Calls `body` with copies of `bytes` in which one to four neighbouring bytes are changed, the
/// same ones for the same `seed`; `place` is the first of them.
func forEachMutation(
  of bytes: [UInt8], count: Int = 2000, seed: UInt64,
  _ body: (_ damaged: [UInt8], _ place: Int) throws -> Void
) rethrows {
  guard !bytes.isEmpty else { return }
  var generator = SeededGenerator(seed: seed)
  for _ in 0..<count {
    var damaged = bytes
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let length = Int.random(in: 1...4, using: &generator)
    for index in place..<min(place + length, bytes.count) {
      // Half of the time an extreme value, where the errors are.
      damaged[index] =
        Bool.random(using: &generator)
        ? [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
        : UInt8.random(in: .min ... .max, using: &generator)
    }
    try body(damaged, place)
  }
}
