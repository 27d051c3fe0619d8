/// The device status field.
///
/// Spec: 2.1, Device Status Field.
public struct DeviceStatus: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The guest has noticed the device.
  public static let acknowledge = DeviceStatus(rawValue: 0x01)
  /// The guest has a driver for it.
  public static let driver = DeviceStatus(rawValue: 0x02)
  /// The driver is ready.
  public static let driverOK = DeviceStatus(rawValue: 0x04)
  /// The driver has accepted a set of features; the device may refuse it by dropping the bit.
  public static let featuresOK = DeviceStatus(rawValue: 0x08)
  /// The driver has suspended the device (1.4).
  public static let suspend = DeviceStatus(rawValue: 0x10)
  /// The device has hit an error from which only a reset leads out.
  public static let needsReset = DeviceStatus(rawValue: 0x40)
  /// The driver has given up.
  public static let failed = DeviceStatus(rawValue: 0x80)

  /// Every bit with a meaning.
  public static let defined: DeviceStatus = [
    .acknowledge, .driver, .driverOK, .featuresOK, .suspend, .needsReset, .failed,
  ]

  /// Every bit with a meaning in `version`.
  public static func defined(in version: SpecVersion) -> DeviceStatus {
    version >= .v1_4 ? defined : defined.subtracting(.suspend)
  }

  /// The names of the bits that are set, lowest bit first; `bit 5` for one without a meaning.
  public var names: [String] {
    (0..<8).compactMap { bit in
      rawValue & (1 << bit) == 0 ? nil : Self.name(ofBit: bit)
    }
  }

  /// The names joined, such as `ACKNOWLEDGE|DRIVER`; `0` when no bit is set.
  public var describing: String {
    isEmpty ? "0" : names.joined(separator: "|")
  }

  private static func name(ofBit bit: Int) -> String {
    switch bit {
    case 0: "ACKNOWLEDGE"
    case 1: "DRIVER"
    case 2: "DRIVER_OK"
    case 3: "FEATURES_OK"
    case 4: "SUSPEND"
    case 6: "DEVICE_NEEDS_RESET"
    case 7: "FAILED"
    default: "bit \(bit)"
    }
  }
}

extension DeviceStatus: CustomStringConvertible {
  public var description: String { describing }
}
