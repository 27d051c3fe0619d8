/// `nanoseconds` as seconds with nine places, as JSON carries times.
public func seconds(_ nanoseconds: Int64) -> String {
  let magnitude = nanoseconds.magnitude
  let fraction = String(magnitude % 1_000_000_000)
  let zeros = String(repeating: "0", count: 9 - fraction.count)
  return "\(nanoseconds < 0 ? "-" : "")\(magnitude / 1_000_000_000).\(zeros)\(fraction)"
}

/// A span of time as a person reads it: three digits and a unit.
public func duration(_ nanoseconds: Int64) -> String {
  let units: [(Int64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs")]
  let magnitude = Int64(clamping: nanoseconds.magnitude)
  for (size, name) in units where magnitude >= size {
    let whole = magnitude / size
    let thousandths = magnitude % size * 1000 / size
    let places = whole >= 100 ? 0 : whole >= 10 ? 1 : 2
    let shown = String(String(1000 + thousandths).dropFirst().prefix(places))
    return places == 0 ? "\(whole) \(name)" : "\(whole).\(shown) \(name)"
  }
  return "\(magnitude) ns"
}

/// `value` as `0x` with at least `digits` digits.
public func hexadecimal(_ value: some BinaryInteger, digits: Int = 1) -> String {
  let text = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
}
