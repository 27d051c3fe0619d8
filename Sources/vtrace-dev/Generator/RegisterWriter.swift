/// Writes a register table as an enumeration whose raw values are the offsets.
struct RegisterWriter {
  /// A register of whichever transport.
  struct Row {
    let name: String
    let offset: Int
    let width: Int
    let access: String
    let since: String
    let meaning: String
    let requires: Int?
  }

  let type: String
  let comment: [String]
  let rows: [Row]

  static func commonConfiguration(_ tables: SpecTables) throws -> String {
    try RegisterWriter(
      type: "CommonConfigurationField",
      comment: [
        "A field of the PCI common configuration structure; the raw value is its offset.", "",
        "Spec: 4.1.4.3, Common configuration structure layout.",
      ],
      rows: fields(tables.transports.pci.commonCfg.fields, tables)
    ).text()
  }

  static func legacyHeader(_ tables: SpecTables) throws -> String {
    try RegisterWriter(
      type: "LegacyHeaderField",
      comment: [
        "A field at the start of BAR 0 of the PCI legacy interface; the raw value is its offset.",
        "",
        "The two vector fields are there only while MSI-X is enabled; otherwise the device",
        "configuration begins at their place.", "",
        "Spec: 4.1.4.10, Legacy Interfaces: A Note on PCI Device Layout.",
      ],
      rows: fields(tables.transports.pci.legacyHeader.withMsix.fields, tables)
    ).text()
  }

  static func mmio(_ tables: SpecTables) throws -> String {
    try RegisterWriter(
      type: "MMIORegister",
      comment: [
        "A register of the modern MMIO interface (version 2); the raw value is its offset.", "",
        "Spec: 4.2.2, MMIO Device Register Layout.",
      ],
      rows: registers(tables.transports.mmio.version2.registers, tables)
    ).text()
  }

  static func legacyMMIO(_ tables: SpecTables) throws -> String {
    try RegisterWriter(
      type: "LegacyMMIORegister",
      comment: [
        "A register of the legacy MMIO interface (version 1); the raw value is its offset.", "",
        "Spec: 4.2.4, Legacy interface.",
      ],
      rows: registers(tables.transports.mmio.legacyVersion1.registers, tables)
    ).text()
  }

  private func text() throws -> String {
    var out = SwiftText.header
    for line in comment { out += line.isEmpty ? "///\n" : "/// \(line)\n" }
    out += "public enum \(type): Int, Register {\n"
    for row in rows {
      out += "  /// \(SwiftText.sentence(row.meaning))\n"
      out += "  case \(SwiftText.identifier(row.name)) = \(SwiftText.hex(row.offset))\n"
    }
    out += "\n" + width() + "\n" + covering() + "\n"
    for (name, result) in [
      ("name", "String"), ("access", "RegisterAccess"), ("introducedIn", "SpecVersion"),
      ("requiredFeature", "Int?"),
    ] {
      out += "  public var \(name): \(result) { facts.\(name) }\n"
    }
    out += "\n  private var facts: RegisterFacts {\n    switch self {\n"
    for row in rows {
      out += "    case .\(SwiftText.identifier(row.name)): \(try facts(row))\n"
    }
    return out + "    }\n  }\n}\n"
  }

  /// Apart from the other facts, because it is asked for on every access.
  private func width() -> String {
    var out = "  public var width: Int {\n    switch self {\n"
    let widths = Set(rows.map(\.width)).sorted()
    for width in widths.dropLast() {
      let names = rows.filter { $0.width == width }.map { "." + SwiftText.identifier($0.name) }
      out += "    case \(names.joined(separator: ", ")): \(width)\n"
    }
    if widths.count == 1 { return "  public var width: Int { \(widths[0]) }\n" }
    return out + "    default: \(widths[widths.count - 1])\n    }\n  }\n"
  }

  /// In each type and not in the protocol, so that a call from another module is no generic one.
  private func covering() -> String {
    """
      public static func covering(_ offset: Int) -> (register: Self, byte: Int)? {
        guard offset >= 0 else { return nil }
        for byte in 0...min(offset, 7) {
          guard let register = Self(rawValue: offset - byte) else { continue }
          return byte < register.width ? (register, byte) : nil
        }
        return nil
      }

    """
  }

  private func facts(_ row: Row) throws -> String {
    let requires = row.requires.map { ", requires: \($0)" } ?? ""
    return "RegisterFacts(\(SwiftText.literal(row.name)), "
      + "\(try SwiftText.access(row.access)), since: \(try SwiftText.version(row.since))\(requires))"
  }

  private static func fields(
    _ fields: [TransportTables.Field], _ tables: SpecTables
  ) throws -> [Row] {
    try fields.map { field in
      Row(
        name: field.field, offset: field.offset, width: field.widthBits / 8,
        access: field.driverAccess, since: field.introducedIn ?? "before 1.0",
        meaning: field.meaning, requires: try field.existsIf.map { try tables.bit($0) })
    }
  }

  /// The device configuration is no register, so it is left out.
  private static func registers(
    _ registers: [TransportTables.Register], _ tables: SpecTables
  ) throws -> [Row] {
    try registers.filter { $0.name != "Config" }.map { register in
      Row(
        name: register.name, offset: register.offset, width: 4, access: register.direction,
        since: register.introducedIn, meaning: register.meaning,
        requires: try register.existsIf.map { try tables.bit($0) })
    }
  }
}
