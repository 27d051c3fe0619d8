extension DeviceType {
  /// The fields of the configuration space in the order of the structure; empty without one.
  public var configFields: [ConfigField] { ConfigTable.fields(of: self) }

  /// Bytes of the whole structure, optional fields included; 0 without one.
  public var configSize: Int { ConfigTable.size(of: self) }

  /// The fields that `version` has.
  public func configFields(in version: SpecVersion) -> [ConfigField] {
    guard version != .latest else { return configFields }
    return configFields.filter { $0.introducedIn.map { $0 <= version } ?? true }
  }

  /// Bytes of the structure as `version` has it.
  public func configSize(in version: SpecVersion) -> Int {
    guard version != .latest else { return configSize }
    return configFields(in: version).map { $0.offset + $0.byteCount }.max() ?? 0
  }

  /// The field that covers the byte at `offset`, which element of it, and which byte of that
  /// element.
  ///
  /// Of fields that overlap, the one that the structure names first answers.
  public func configField(
    at offset: Int, in version: SpecVersion = .latest
  ) -> (field: ConfigField, element: Int, byteInElement: Int)? {
    for field in configFields(in: version) where offset >= field.offset {
      let byte = offset - field.offset
      guard byte < field.byteCount else { continue }
      return (field, byte / field.width, byte % field.width)
    }
    return nil
  }

  /// The field of that name.
  public func configField(named name: String) -> ConfigField? {
    configFields.first { $0.name == name }
  }
}
