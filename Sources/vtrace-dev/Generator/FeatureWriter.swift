/// Writes the tables of feature bits.
struct FeatureWriter {
  let tables: SpecTables

  func text() throws -> String {
    let devices = tables.devices.filter { $0.features?.isEmpty == false }
    var out = SwiftText.header + "extension FeatureCatalogue {\n"
    out += "  /// Features of every device type.\n  static let common: [FeatureBit] = [\n"
    for bit in tables.transports.featureBits.bits {
      guard let name = bit.name else { continue }
      // The text calls bit 30 just UNUSED; drivers and headers know it by the older name.
      let full = name.hasPrefix("VIRTIO_") ? name : "VIRTIO_F_BAD_FEATURE"
      out += try line(
        bit.bit, full, requires: requirements(bit.requires ?? [], of: nil),
        legacyOnly: bit.legacyOnly ?? false, since: bit.introducedIn)
    }
    out += "  ]\n\n  /// Features of one device type; empty for a type that has none.\n"
    out += "  static func deviceBits(of type: DeviceType) -> [FeatureBit] {\n"
    out += "    switch type.rawValue {\n"
    for device in devices { out += "    case \(device.id): \(device.identifier)\n" }
    out += "    default: []\n    }\n  }\n\n" + unsupported()
    for device in devices { out += try table(of: device) }
    return out + "}\n"
  }

  private func table(of device: DeviceTable) throws -> String {
    var out = "\n  private static let \(device.identifier): [FeatureBit] = [\n"
    for feature in device.features ?? [] {
      out += try line(
        feature.bit, feature.name, requires: requirements(feature.requires, of: device),
        legacyOnly: feature.legacyOnly, since: feature.introducedIn)
    }
    return out + "  ]\n"
  }

  private func unsupported() -> String {
    var out = "  /// Device-independent bits that a transport cannot carry.\n"
    out += "  static func unsupportedBits(on transport: TransportKind) -> [Int] {\n"
    out += "    switch transport {\n"
    for transport in ["pci", "mmio", "ccw"] {
      let names = tables.transports.featureBits.notSupported[transport] ?? []
      // What is no name of a feature is a remark about something else.
      let bits = names.compactMap { try? tables.bit($0) }
      out += "    case .\(transport): \(bits)\n"
    }
    return out + "    }\n  }\n"
  }

  private func requirements(_ terms: [DeviceTable.Term], of device: DeviceTable?) throws -> [[Int]]
  {
    try terms.map { try $0.anyOf.map { try tables.bit($0, of: device) } }
  }

  private func line(
    _ bit: Int, _ name: String, requires: [[Int]], legacyOnly: Bool, since: String?
  ) throws -> String {
    var arguments = ["\(bit)", SwiftText.literal(name)]
    if !requires.isEmpty { arguments.append("requires: \(requires)") }
    if legacyOnly { arguments.append("legacyOnly: true") }
    if let since { arguments.append("since: \(try SwiftText.version(since))") }
    return "    FeatureBit(\(arguments.joined(separator: ", "))),\n"
  }
}
