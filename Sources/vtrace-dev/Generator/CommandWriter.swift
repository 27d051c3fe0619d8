/// Writes the table of channel commands.
struct CommandWriter {
  let tables: SpecTables

  func text() throws -> String {
    let commands = tables.transports.ccw.commands
    var out = SwiftText.header
    out += "/// A channel command of virtio; the raw value is its code.\n///\n"
    out += "/// Spec: 4.3.1, Basic Concepts.\n"
    out += "public enum CCWCommand: UInt8, Sendable, CaseIterable {\n"
    for command in commands {
      out += "  /// \(SwiftText.sentence(command.meaning))\n"
      out += "  case \(identifier(command)) = \(SwiftText.hex(command.value))\n"
    }
    out += "\n  var facts: CommandFacts {\n    switch self {\n"
    for command in commands {
      out += "    case .\(identifier(command)): CommandFacts(\(try arguments(command)))\n"
    }
    return out + "    }\n  }\n}\n"
  }

  /// `CCW_CMD_SET_VIRTIO_REV` as `setVirtioRev`.
  private func identifier(_ command: TransportTables.Command) -> String {
    SwiftText.identifier(
      command.name.dropFirst("CCW_CMD_".count).split(separator: "_").enumerated()
        .map { $0 == 0 ? $1.lowercased() : $1.prefix(1) + $1.dropFirst().lowercased() }
        .joined(separator: "_"))
  }

  private func arguments(_ command: TransportTables.Command) throws -> String {
    func number(_ value: Int?) -> String { value.map(String.init) ?? "nil" }
    var result = [
      SwiftText.literal(command.name), try direction(command.direction),
      "length: \(number(command.payloadLength))",
    ]
    if let legacy = command.payloadLengthRevision0 { result.append("legacyLength: \(legacy)") }
    result.append("since: \(number(command.minRevision))")
    return result.joined(separator: ", ")
  }

  private func direction(_ text: String) throws -> String {
    switch text {
    case "none": return ".none"
    case "driver to device": return ".toDevice"
    case "device to driver": return ".toDriver"
    case "device to driver (index is input)": return ".toDriverWithInput"
    default: throw GeneratorError("\(text) is no direction")
    }
  }
}
