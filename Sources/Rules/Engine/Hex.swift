import VirtioSpec

/// `value` as messages write it: `0x0f`, at least `digits` digits.
func hex(_ value: some BinaryInteger, digits: Int = 1) -> String {
  let text = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// A device status as messages write it: `0x0f`.
func hex(_ status: DeviceStatus) -> String { hex(status.rawValue, digits: 2) }
