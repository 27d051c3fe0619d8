import Model

/// Reads or writes of a field of the device configuration on their way to one step: the bytes of a
/// MAC address, the halves of a 64-bit field.
struct ConfigMerge: Sendable {
  private var step: ComparedStep
  /// Where the field lies in the device configuration.
  private let start: Int
  private let byteCount: Int
  private let isBigEndian: Bool
  /// The bytes of the field that were covered, a bit a byte.
  private var covered: UInt64 = 0

  /// - Parameter field: the field that `step` is about; nil where none is known there.
  init(_ step: Transaction, start: Int, byteCount: Int, isBigEndian: Bool) {
    self.start = start
    self.byteCount = byteCount
    self.isBigEndian = isBigEndian
    let topic = step.kind == .writeConfig ? Topic.config : .configRead
    let key = StepKey(topic, index: UInt32(truncatingIfNeeded: start))
    self.step = ComparedStep(key, at: step.reference)
    self.step.key.mask = 0
    self.step.key.highMask = 0
    self.step.count = 0
    add(step)
  }

  /// Takes another access where it goes on with the field; false where it does not.
  mutating func take(_ step: Transaction, start: Int) -> Bool {
    let topic = step.kind == .writeConfig ? Topic.config : .configRead
    guard start == self.start, topic == self.step.key.topic, step.hasValue, self.step.key.isKnown,
      bits(of: step) & covered == 0
    else { return false }
    add(step)
    return true
  }

  private func bits(of step: Transaction) -> UInt64 {
    let offset = Int(step.index) - start
    guard offset >= 0, offset < 64 else { return 0 }
    let bits: UInt64 = step.width >= 64 ? .max : (1 << UInt64(step.width)) - 1
    return bits << UInt64(offset)
  }

  private mutating func add(_ step: Transaction) {
    covered |= bits(of: step)
    self.step.last = step.reference
    self.step.count &+= 1
    guard step.hasValue else {
      self.step.key.isKnown = false
      return
    }
    let width = Int(min(step.width, 8))
    for byte in 0..<width {
      let value = step.value >> UInt64((isBigEndian ? width - 1 - byte : byte) * 8) & 0xff
      put(UInt8(truncatingIfNeeded: value), at: Int(step.index) - start + byte)
    }
  }

  /// Fields of up to 16 bytes are kept byte for byte; of longer ones a sum of all bytes beyond.
  private mutating func put(_ byte: UInt8, at place: Int) {
    switch place {
    case 0..<8:
      step.key.value |= UInt64(byte) << UInt64(place * 8)
      step.key.mask |= 0xff << UInt64(place * 8)
    case 8..<16 where byteCount <= 16:
      step.key.high |= UInt64(byte) << UInt64((place - 8) * 8)
      step.key.highMask |= 0xff << UInt64((place - 8) * 8)
    default:
      step.key.high = (step.key.high ^ UInt64(byte) ^ UInt64(place) << 8) &* 0x0000_0100_0000_01b3
      step.key.highMask = .max
    }
  }

  /// The step, its bytes in the order of the structure's memory turned into a number.
  var whole: ComparedStep {
    var whole = step
    guard isBigEndian, byteCount <= 8 else { return whole }
    let shift = UInt64((8 - byteCount) * 8)
    whole.key.value = whole.key.value.byteSwapped >> shift
    whole.key.mask = whole.key.mask.byteSwapped >> shift
    return whole
  }
}
