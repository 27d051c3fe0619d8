public import ArgumentParser

/// A number of bytes: `4096`, `500K`, `20M`, `1G`, in powers of 1024.
public struct SizeOption: ExpressibleByArgument, Sendable {
  public var bytes: UInt64

  public init?(argument: String) {
    var digits = argument[...]
    var shift: UInt64 = 0
    if let unit = digits.last, let place = "KMG".firstIndex(of: unit) {
      shift = 10 * UInt64("KMG".distance(from: "KMG".startIndex, to: place) + 1)
      digits = digits.dropLast()
    }
    guard digits.allSatisfy({ "0"..."9" ~= $0 }), let number = UInt64(digits), number > 0,
      number <= UInt64.max >> shift
    else { return nil }
    bytes = number << shift
  }
}

/// A time: `30`, `30s`, `1.5s`, `5m`, `1h`.
public struct DurationOption: ExpressibleByArgument, Sendable {
  public var duration: Duration

  public init?(argument: String) {
    var digits = argument[...]
    var factor = 1.0
    if let unit = digits.last, let seconds = ["s": 1.0, "m": 60, "h": 3600][unit] {
      factor = seconds
      digits = digits.dropLast()
    }
    guard digits.first.map({ "0"..."9" ~= $0 }) == true,
      digits.allSatisfy({ "0"..."9" ~= $0 || $0 == "." }), let number = Double(digits),
      number > 0, number * factor < 1e9
    else { return nil }
    duration = .seconds(number * factor)
  }
}
