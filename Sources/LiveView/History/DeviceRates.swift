import Model

/// How often a device and its driver notify each other, by the recording's own clock.
public struct DeviceRates: Sendable, Equatable {
  public private(set) var kicks: UInt64 = 0
  public private(set) var interrupts: UInt64 = 0
  /// Tenths of a second, the last one at `newest`, as a ring.
  private var slots = [10 of Counts](repeating: Counts())
  private var newest: Int64 = .min
  private var firstTime: Int64?
  private var lastTime: Int64 = 0

  private struct Counts: Sendable, Equatable, BitwiseCopyable {
    var kicks: UInt32 = 0
    var interrupts: UInt32 = 0
  }

  private static var slotLength: Int64 { 100_000_000 }

  public init() {}

  /// Counts a step.
  mutating func take(_ step: Transaction) {
    guard step.kind == .kick || step.kind == .interrupt else { return }
    let time = step.reference.time
    if firstTime == nil { firstTime = time }
    lastTime = max(lastTime, time)
    advance(to: time / Self.slotLength)
    let place = Self.place(newest)
    if step.kind == .kick {
      kicks &+= 1
      slots[place].kicks &+= 1
    } else {
      interrupts &+= 1
      slots[place].interrupts &+= 1
    }
  }

  private static func place(_ slot: Int64) -> Int { Int(((slot % 10) + 10) % 10) }

  private mutating func advance(to slot: Int64) {
    guard slot > newest else { return }
    if newest == .min || slot &- newest >= 10 {
      for place in 0..<10 { slots[place] = Counts() }
    } else {
      for passed in newest + 1...slot { slots[Self.place(passed)] = Counts() }
    }
    newest = slot
  }

  /// Kicks and interrupts in the second that ends at `time`.
  public func lastSecond(at time: Int64) -> (kicks: UInt64, interrupts: UInt64) {
    var copy = self
    copy.advance(to: time / Self.slotLength)
    var sum: (kicks: UInt64, interrupts: UInt64) = (0, 0)
    for place in 0..<10 {
      sum.kicks &+= UInt64(copy.slots[place].kicks)
      sum.interrupts &+= UInt64(copy.slots[place].interrupts)
    }
    return sum
  }

  /// The mean for each second between the first notification and the last; as many as there were
  /// where that is less than a second.
  public var mean: (kicks: UInt64, interrupts: UInt64) {
    let span = firstTime.map { lastTime &- $0 } ?? 0
    guard span > 1_000_000_000 else { return (kicks, interrupts) }
    let seconds = Double(span) / 1e9
    return (Self.rounded(kicks, over: seconds), Self.rounded(interrupts, over: seconds))
  }

  private static func rounded(_ count: UInt64, over seconds: Double) -> UInt64 {
    UInt64((Double(count) / seconds).rounded())
  }

  public static func == (a: DeviceRates, b: DeviceRates) -> Bool {
    a.kicks == b.kicks && a.interrupts == b.interrupts && a.newest == b.newest
  }
}
