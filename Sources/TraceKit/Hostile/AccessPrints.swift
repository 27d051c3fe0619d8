public import Model
import Wire

/// A short form of every access of a recording, to tell whether two readings are the same.
public struct AccessPrints: Sendable {
  /// One access in two numbers.
  public struct Print: Equatable, Sendable {
    /// Of everything there is in the access.
    public var whole: UInt64
    /// Of its place, kind and data, which stay when what began it is missing.
    public var data: UInt64
    public var location: UInt64
    public var hasData: Bool
  }

  public private(set) var prints: [Print] = []

  public init() {}

  /// Takes the accesses of a batch.
  public mutating func take(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices {
      let access = batch[index]
      var data = Mixer()
      data.add(access.location)
      data.add(UInt64(access.kind.rawValue))
      data.add(access.value)
      data.add(UInt64(access.width))
      var whole = data
      whole.add(access.record)
      whole.add(UInt64(bitPattern: access.time))
      whole.add(access.address)
      whole.add(
        UInt64(access.code) << 32 | UInt64(access.cpu) << 16 | UInt64(access.flags.rawValue))
      for place in 0..<Int(access.payloadCount) {
        whole.add(UInt64(payload.byte(at: access.payloadOffset + place)))
      }
      prints.append(
        Print(
          whole: whole.value, data: data.value, location: access.location,
          hasData: access.hasData && access.kind != .lostEvents))
    }
  }

  /// How many of the first accesses are the same in both.
  public func agreement(with other: AccessPrints) -> Int {
    var count = 0
    while count < prints.count, count < other.prints.count,
      prints[count].whole == other.prints[count].whole
    {
      count += 1
    }
    return count
  }

  private struct Mixer {
    var value: UInt64 = 0x9e37_79b9_7f4a_7c15

    mutating func add(_ number: UInt64) {
      value = (value ^ number) &* 0xff51_afd7_ed55_8ccd
      value ^= value >> 32
    }
  }
}
