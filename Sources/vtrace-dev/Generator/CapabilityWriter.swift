/// Writes the types of virtio's PCI capabilities.
struct CapabilityWriter {
  let tables: SpecTables

  func text() throws -> String {
    let types = tables.transports.pci.cfgTypes
    var out = SwiftText.header
    out += "/// What a virtio PCI capability locates; the raw value is its `cfg_type`.\n///\n"
    out += "/// Spec: 4.1.4, Virtio Structure PCI Capabilities.\n"
    out += "public enum PCICapabilityType: UInt8, Sendable, CaseIterable {\n"
    for type in types { out += "  case \(identifier(type)) = \(type.value)\n" }
    out += "\n  /// The name that the specification prints.\n  public var name: String {\n"
    out += "    switch self {\n"
    for type in types {
      out += "    case .\(identifier(type)): \(SwiftText.literal(type.name))\n"
    }
    out += "    }\n  }\n\n  /// The version that first had it.\n"
    out += "  public var introducedIn: SpecVersion {\n    switch self {\n"
    for type in types {
      out += "    case .\(identifier(type)): \(try SwiftText.version(type.introducedIn))\n"
    }
    return out + "    }\n  }\n}\n"
  }

  /// `VIRTIO_PCI_CAP_SHARED_MEMORY_CFG` as `sharedMemory`.
  private func identifier(_ type: TransportTables.Capability) -> String {
    let words = type.name.dropFirst("VIRTIO_PCI_CAP_".count).dropLast("_CFG".count)
      .split(separator: "_").map { $0.lowercased() }
    return words[0] + words.dropFirst().map(SwiftText.capitalized).joined()
  }
}
