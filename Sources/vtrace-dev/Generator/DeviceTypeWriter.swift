/// Writes the table of device types.
struct DeviceTypeWriter {
  let tables: SpecTables

  func text() throws -> String {
    var out = SwiftText.header + "extension DeviceType {\n"
    for device in tables.devices {
      out += "  /// \(SwiftText.sentence(device.title))\n"
      out += "  public static let \(device.identifier) = DeviceType(rawValue: \(device.id))\n"
    }
    out += "\n  /// Every type that the table lists, by number.\n"
    out += "  public static let all: [DeviceType] = [\n"
    for device in tables.devices { out += "    .\(device.identifier),\n" }
    out += "  ]\n\n  /// The row of the table; nil for a number that it does not list.\n"
    out += "  var facts: DeviceFacts? {\n    switch rawValue {\n"
    for device in tables.devices { out += "    case \(device.id): \(try facts(device))\n" }
    return out + "    default: nil\n    }\n  }\n}\n"
  }

  private func facts(_ device: DeviceTable) throws -> String {
    var arguments = [SwiftText.literal(device.name), SwiftText.literal(device.title)]
    arguments.append("listed: \(try SwiftText.version(device.listedIn))")
    if let section = device.section { arguments.append("section: \(SwiftText.literal(section))") }
    if let since = device.introducedIn {
      arguments.append("since: \(try SwiftText.version(since))")
    }
    if let id = device.transitionalPciId {
      arguments.append("transitional: \(SwiftText.hex(id))")
    }
    return "DeviceFacts(\(arguments.joined(separator: ", ")))"
  }
}
