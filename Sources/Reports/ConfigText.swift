import Model
import VirtioSpec

/// One device configuration value as the report shows it.
struct ConfigEntry {
  var name: String
  var text: String
  var first: RecordReference
}

extension Session {
  /// The device configuration that was seen, by field.
  func configFields() -> [ConfigEntry] {
    config.map { value in
      let field = profile.type?.configField(at: Int(value.offset))?.0
      let name = field?.name ?? "offset \(hexadecimal(value.offset)), \(value.width) bytes"
      return ConfigEntry(name: name, text: hexadecimal(value.value), first: value.first)
    }
  }
}
