internal import Wire

/// Parts of a device's state, as one command or result lists them.
public struct AdminParts: Sendable, Equatable {
  /// At most `AdminPart.limit`.
  public var all: [AdminPart]
  /// What follows the last whole part is no part.
  public var isCut: Bool

  init(_ bytes: AdminBytes, withValues: Bool) {
    isCut = false
    all = AdminPart.list(bytes, withValues: withValues, isCut: &isCut)
  }
}
