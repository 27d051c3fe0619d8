import Model
import Reports
import Terminal
import VirtioSpec

/// The bits of values whose bits have names, as lines of the detail.
enum BitNames {
  /// Bits of the device status field.
  static func status(_ value: UInt64) -> [DetailNode] {
    (0..<8).compactMap { bit in
      let status = DeviceStatus(rawValue: 1 << UInt8(bit))
      let isSet = value >> UInt64(bit) & 1 == 1
      guard isSet || DeviceStatus.defined.contains(status) else { return nil }
      return node(bit, status.describing, isSet)
    }
  }

  /// The bits of a value that have these names, from bit 0 on; nil for one without.
  static func named(_ value: UInt64, _ names: [String?]) -> [DetailNode] {
    names.enumerated().compactMap { bit, name in
      name.map { node(bit, $0, value >> UInt64(bit) & 1 == 1) }
    }
  }

  /// The bits that are set, for a value whose bits have no names.
  static func set(_ value: UInt64) -> [DetailNode] {
    (0..<64).filter { value >> UInt64($0) & 1 == 1 }.map {
      DetailNode("bit \($0) = 1", key: "\($0)")
    }
  }

  private static func node(_ bit: Int, _ name: String, _ isSet: Bool) -> DetailNode {
    DetailNode("bit \(bit) \(name) = \(isSet ? 1 : 0)", isSet ? .plain : Look.dim, key: "\(bit)")
  }

  /// Bits `low` to `high` of a value, as a number.
  static func field(_ value: UInt64, _ low: Int, _ high: Int, _ name: String) -> DetailNode {
    let part = value >> UInt64(low) & (UInt64(1) << UInt64(high - low + 1) &- 1)
    return DetailNode("bits \(low)-\(high) \(name) = \(part)", key: name)
  }

  /// The parts of a transaction's value, down to bits.
  static func parts(of step: Transaction, _ device: DeviceState?, isLegacy: Bool) -> [DetailNode] {
    let value = step.value
    switch step.kind {
    case .readStatus, .writeStatus: return status(value)
    case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures:
      return features(of: step, device, isLegacy: isLegacy)
    case .readISR, .acknowledgeInterrupt:
      return named(value, ["used buffer", "configuration change"])
    case .kick where device?.accepted.contains(38) == true && device?.transport != .ccw:
      let isPacked = device?.accepted.contains(34) == true
      return [field(value, 0, 15, "queue"), field(value, 16, isPacked ? 30 : 31, "next offset")]
        + (isPacked ? [field(value, 31, 31, "wrap counter")] : [])
    case .writeMSIXControl:
      return [field(value, 0, 10, "table size - 1")]
        + named(value, Array(repeating: nil, count: 14) + ["function mask", "enable"])
    case .writePCICommand:
      let names = ["I/O space", "memory space", "bus master"]
      return named(value, names + Array(repeating: nil, count: 7) + ["interrupt disable"])
    case .availableFlags: return named(value, ["NO_INTERRUPT"])
    case .usedFlags: return named(value, ["NO_NOTIFY"])
    case .driverEvent, .deviceEvent:
      return [
        field(value, 0, 14, "offset"), field(value, 15, 15, "wrap counter"),
        field(value, 16, 17, "flags (0 enable, 1 disable, 2 descriptor)"),
      ]
    default: return set(value)
    }
  }

  /// Whether the bits of such a value have names, so that they are shown unasked.
  static func haveNames(_ kind: Transaction.Kind) -> Bool {
    switch kind {
    case .readStatus, .writeStatus, .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures,
      .readISR, .acknowledgeInterrupt, .kick, .writeMSIXControl, .writePCICommand, .availableFlags,
      .usedFlags, .driverEvent, .deviceEvent:
      true
    default: false
    }
  }

  private static func features(
    of step: Transaction, _ device: DeviceState?, isLegacy: Bool
  ) -> [DetailNode] {
    var set = FeatureSet()
    set.update(word: step.index, value: step.value, mask: step.mask)
    let names = set.shortNames(of: device?.type, isLegacy: isLegacy)
    return zip(set.bits, names).map { DetailNode("bit \($0) \($1) = 1", key: "\($0)") }
  }
}
