/// A table of registers or fields at fixed offsets, as an enumeration whose raw value is the offset.
public protocol Register: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int {
  /// The name that the specification prints.
  var name: String { get }
  /// Bytes that the register occupies.
  var width: Int { get }
  /// What a driver may do with it.
  var access: RegisterAccess { get }
  /// The version that first had it.
  var introducedIn: SpecVersion { get }
  /// The feature bit without which it does not exist, if there is one.
  var requiredFeature: Int? { get }

  /// The register that covers the byte at `offset`, and how far into the register that byte lies.
  ///
  /// Finds what an access of the wrong width or alignment touches; `init(rawValue:)` finds only
  /// the start of a register.
  static func covering(_ offset: Int) -> (register: Self, byte: Int)?
}

extension Register {
  /// Bytes from the start of the structure.
  public var offset: Int { rawValue }
}
