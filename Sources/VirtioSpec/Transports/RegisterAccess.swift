/// What a driver may do with a register or field.
public enum RegisterAccess: Sendable, Hashable {
  case readOnly
  case writeOnly
  case readWrite

  /// Whether a driver may read it.
  public var isReadable: Bool { self != .writeOnly }

  /// Whether a driver may write it.
  public var isWritable: Bool { self != .readOnly }
}
