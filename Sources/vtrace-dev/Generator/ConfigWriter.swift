/// Writes the tables of configuration spaces.
struct ConfigWriter {
  let tables: SpecTables

  func text() throws -> String {
    let devices = tables.devices.filter { $0.config?.isEmpty == false }
    var out = SwiftText.header
    out += "/// The configuration space of each device type.\nenum ConfigTable {\n"
    out += "  static func fields(of type: DeviceType) -> [ConfigField] {\n"
    out += "    switch type.rawValue {\n"
    for device in devices { out += "    case \(device.id): \(device.identifier)\n" }
    out += "    default: []\n    }\n  }\n\n"
    out += "  static func size(of type: DeviceType) -> Int {\n    switch type.rawValue {\n"
    for device in devices { out += "    case \(device.id): \(device.configSize ?? 0)\n" }
    out += "    default: 0\n    }\n  }\n"
    for device in devices { out += try table(of: device) }
    return out + "}\n"
  }

  private func table(of device: DeviceTable) throws -> String {
    var out = "\n  private static let \(device.identifier): [ConfigField] = [\n"
    for field in device.config ?? [] {
      out += "    ConfigField(\(try arguments(field, of: device))),\n"
    }
    return out + "  ]\n"
  }

  private func arguments(_ field: DeviceTable.Field, of device: DeviceTable) throws -> String {
    var result = ["\(field.offset)", "\(field.width)", SwiftText.literal(field.name)]
    if field.count != 1 { result.append("count: \(field.count)") }
    if field.access != "ro" { result.append("access: \(try SwiftText.access(field.access))") }
    if let condition = field.onlyIf {
      let bits = try condition.split(separator: "|").map { try tables.bit(String($0), of: device) }
      result.append("onlyIf: \(bits)")
    }
    if let since = introduction(of: field, in: device) {
      result.append("since: \(try SwiftText.version(since))")
    }
    if let member = field.alt { result.append("unionMember: \(SwiftText.literal(member))") }
    return result.joined(separator: ", ")
  }

  /// A field comes with the oldest feature that needs it, or with its device. The numbers of the
  /// versions sort as text.
  private func introduction(
    of field: DeviceTable.Field, in device: DeviceTable
  ) -> String? {
    if let stated = field.introducedIn { return stated }
    guard let condition = field.onlyIf else { return device.introducedIn }
    let names = condition.split(separator: "|").map(String.init)
    let features = (device.features ?? []).filter { names.contains($0.name) }
    return features.compactMap(\.introducedIn).min()
  }
}
