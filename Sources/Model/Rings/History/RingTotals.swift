internal import Histogram

/// What went through a queue, as far as its rings were recorded.
public struct RingTotals: Sendable {
  /// Chains that the driver made available.
  public internal(set) var available: UInt64 = 0
  /// Chains that the device used.
  public internal(set) var used: UInt64 = 0
  /// Used chains that came back before one that was made available earlier.
  public internal(set) var outOfOrder: UInt64 = 0
  /// Device-readable bytes of the chains that were made available.
  public internal(set) var readableBytes: UInt64 = 0
  /// Bytes that the device says it wrote.
  public internal(set) var writtenBytes: UInt64 = 0
  /// Chains that are outstanding, or were when the queue's life ended.
  public internal(set) var inFlight: UInt32 = 0
  /// The largest number of outstanding chains.
  public internal(set) var maxInFlight: UInt32 = 0
  /// From available to used, in nanoseconds.
  public internal(set) var latency = Latency()

  public init() {}

  /// Times from available to used, in nanoseconds, to two significant digits.
  public struct Latency: Sendable {
    private var histogram: Shared<Histogram<UInt32>>?
    /// The extremes, which are exact.
    public private(set) var minimum: UInt64 = .max
    public private(set) var maximum: UInt64 = 0

    /// Longer times are counted as this one: 73 minutes.
    private static var limit: UInt64 { 1 << 42 }

    public init() {}

    /// How many times were taken.
    public var count: UInt64 { histogram?.value.totalCount ?? 0 }
    public var median: UInt64 { percentile(50) }
    public var p99: UInt64 { percentile(99) }

    private func percentile(_ percent: Double) -> UInt64 {
      guard let histogram, count > 0 else { return 0 }
      return min(max(histogram.value.valueAtPercentile(percent), minimum), maximum)
    }

    /// Takes one time.
    mutating func record(_ nanoseconds: UInt64) {
      if histogram == nil { histogram = Shared(Histogram(numberOfSignificantValueDigits: .two)) }
      histogram?.value.record(min(nanoseconds, Self.limit))
      minimum = min(minimum, nanoseconds)
      maximum = max(maximum, nanoseconds)
    }
  }
}
