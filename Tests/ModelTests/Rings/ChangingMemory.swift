import Model
import Wire

/// Guest memory that goes on from one ring's content to the next while it is read.
struct ChangingMemory: GuestMemory {
  /// When the next content shows.
  enum Pace {
    case reads(Int)
    case refreshes(Int)
  }

  private final class Clock {
    var reads = 0
    var refreshes = 0
  }

  /// All contents, one behind the other; the last one stays.
  private let bytes: [UInt8]
  private let count: Int
  private var pace = Pace.reads(.max)
  private var clock = Clock()

  /// Each ring's memory is one piece, from 0x1000 on.
  init(_ rings: [MadeRing]) {
    bytes = rings.reduce(into: []) { $0 += $1.memory.bytes }
    count = rings.count
  }

  /// The same contents from the first one on.
  func every(_ pace: Pace) -> ChangingMemory {
    var memory = self
    (memory.pace, memory.clock) = (pace, Clock())
    return memory
  }

  /// Which content shows now.
  var current: Int {
    let step =
      switch pace {
      case .reads(let each): clock.reads / each
      case .refreshes(let each): clock.refreshes / each
      }
    return min(step, count - 1)
  }

  @_lifetime(borrow self)
  borrowing func span(at address: UInt64, count: Int) -> RawSpan? {
    let size = bytes.count / self.count
    guard address >= 0x1000, address < 0x1000 + UInt64(size), count > 0 else { return nil }
    let start = current * size + Int(address) - 0x1000
    clock.reads += 1
    return bytes.span.raw.extracting(start..<min(start + count, (start / size + 1) * size))
  }

  borrowing func refresh() { clock.refreshes += 1 }
}
