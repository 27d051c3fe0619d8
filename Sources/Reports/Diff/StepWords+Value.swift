import Comparison
import Model
import VirtioSpec

extension StepWords {
  /// The value as a person reads it.
  func value(_ step: ComparedStep) -> String {
    let key = step.key
    guard key.isKnown else { return "?" }
    switch key.topic {
    case .interface:
      return Transaction.Interface(rawValue: UInt8(truncatingIfNeeded: key.value)).map { "\($0)" }
        ?? "?"
    case .status, .statusRead:
      let status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: key.value))
      let names = status.isEmpty ? "" : " (\(status.describing))"
      return hexadecimal(key.value, digits: 2) + names
    case .offered, .accepted:
      let set = features(step)
      let names = names(of: set)
      return ([set.hexadecimalText] + (names.isEmpty ? ["(none)"] : names)).joined(separator: " ")
    case .queueAreas:
      let names = ["descriptor area", "driver area", "device area"]
      return (0..<3).filter { key.value >> UInt64($0) & 1 == 1 }.map { names[$0] }
        .joined(separator: ", ")
    case .queuePFN, .queuePFNRead, .indicators, .configIndicators, .adapterIndicators:
      return key.value == 0 ? "0" : "(an address)"
    case .queueVector, .queueVectorRead, .configVector, .configVectorRead:
      return key.value == 0xffff ? "0xffff (NO_VECTOR)" : "\(key.value)"
    case .pciCommand:
      return (key.value & 4 != 0 ? "on" : "off")
        + (key.value & 0x400 != 0 ? ", with INTx off" : "")
    case .messagesEnabled: return key.value == 1 ? "on" : "off"
    case .deviceID:
      let type = DeviceType(rawValue: UInt32(truncatingIfNeeded: key.value))
      return "\(key.value)" + (type.isKnown ? " (\(type.name))" : "")
    case .config, .configRead: return configValue(key)
    case .adminCommand: return AdminOpcode(rawValue: UInt16(truncatingIfNeeded: key.value)).name
    case .adminResult: return result(key.value)
    case .pciIdentity, .magic, .acceptedRead, .register, .registerRead, .area, .areaRead,
      .outside, .outsideRead:
      return hexadecimal(key.value)
    case .pciCapability: return "there"
    default: return "\(key.value)"
    }
  }

  private func result(_ value: UInt64) -> String {
    let status = AdminStatus(rawValue: UInt16(truncatingIfNeeded: value)).name
    let qualifier = AdminQualifier(rawValue: UInt16(truncatingIfNeeded: value >> 16))
    return qualifier == .ok ? status : "\(status)/\(qualifier.name)"
  }

  /// A number where the field is one; bytes where it is an array of them.
  private func configValue(_ key: StepKey) -> String {
    let field = type?.configField(at: Int(key.index))?.field
    guard let field, field.width == 1, field.count > 1 else {
      let bytes = min(8, 8 - key.mask.leadingZeroBitCount / 8)
      return field == nil ? hexadecimal(key.value, digits: bytes * 2) : "\(key.value)"
    }
    var bytes: [String] = []
    for place in 0..<min(field.count, 8) {
      let shift = UInt64(place * 8)
      guard key.mask >> shift & 0xff != 0 else { continue }
      bytes.append(String(hexadecimal(key.value >> shift & 0xff, digits: 2).dropFirst(2)))
    }
    return bytes.joined(separator: ":") + (field.count > 8 ? ":…" : "")
  }

  /// The set that a step about features tells.
  func features(_ step: ComparedStep) -> FeatureSet {
    var set = FeatureSet()
    for word in 0..<2 as Range<UInt32> {
      let shift = UInt64(word) * 32
      set.update(word: word, value: step.key.value >> shift, mask: step.key.mask >> shift)
      set.update(word: word + 2, value: step.key.high >> shift, mask: step.key.highMask >> shift)
    }
    return set
  }

  /// Names without their prefix.
  func names(of set: FeatureSet) -> [String] { set.shortNames(of: type, isLegacy: isLegacy) }

  /// What only one of two steps about features has, as far as both are known.
  func onlyIn(_ a: ComparedStep, not b: ComparedStep) -> FeatureSet {
    features(a).bitsKnownMissing(in: features(b))
  }
}
