/// How the time stamps of an interface become nanoseconds.
///
/// Source: draft-ietf-opsawg-pcapng, `if_tsresol` and `if_tsoffset`.
public struct PcapngTimeScale: Equatable, Sendable, BitwiseCopyable {
  @usableFromInline enum Form: Equatable, Sendable, BitwiseCopyable {
    case nanoseconds
    case multiplied(by: UInt64)
    case divided(by: UInt64)
    /// Finer than a number of 64 bits can tell.
    case vanishing
    case powerOfTwo(UInt8)
  }

  @usableFromInline let form: Form
  /// Nanoseconds to be added.
  @usableFromInline let offset: Int64

  /// - Parameters:
  ///   - resolution: the option's byte: a negative power of 10, or of 2 when the top bit is set.
  ///   - offsetSeconds: seconds to be added to every time.
  public init(resolution: UInt8 = 6, offsetSeconds: Int64 = 0) {
    let power = resolution & 0x7f
    if resolution & 0x80 != 0 {
      form = .powerOfTwo(power)
    } else if power == 9 {
      form = .nanoseconds
    } else if power < 9 {
      form = .multiplied(by: Self.powerOfTen(9 - power))
    } else {
      form = power - 9 > 19 ? .vanishing : .divided(by: Self.powerOfTen(power - 9))
    }
    let (scaled, overflow) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
    offset = overflow ? (offsetSeconds < 0 ? .min : .max) : scaled
  }

  private static func powerOfTen(_ power: UInt8) -> UInt64 {
    var result: UInt64 = 1
    for _ in 0..<power { result &*= 10 }
    return result
  }

  /// The time of a stamp in nanoseconds; one that does not fit is the last that does.
  @inlinable @inline(__always) public func nanoseconds(_ stamp: UInt64) -> Int64 {
    if case .nanoseconds = form, offset == 0 { return Int64(clamping: stamp) }
    return scaled(stamp)
  }

  @usableFromInline func scaled(_ stamp: UInt64) -> Int64 {
    let time: UInt64
    switch form {
    case .nanoseconds: time = stamp
    case .multiplied(let factor):
      let (product, overflow) = stamp.multipliedReportingOverflow(by: factor)
      time = overflow ? .max : product
    case .divided(let divisor): time = stamp / divisor
    case .vanishing: time = 0
    case .powerOfTwo(let power):
      let wide = (UInt128(stamp) * 1_000_000_000) >> UInt128(power)
      time = UInt64(clamping: wide)
    }
    let (sum, overflow) = Int64(clamping: time).addingReportingOverflow(offset)
    return overflow ? (offset < 0 ? .min : .max) : sum
  }
}
