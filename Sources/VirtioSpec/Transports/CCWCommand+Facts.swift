extension CCWCommand {
  /// The name that the specification prints, such as `CCW_CMD_SET_VQ`.
  public var name: String { facts.name }

  /// Which way its data goes.
  public var direction: DataDirection { facts.direction }

  /// Bytes of its data from revision 1 on; nil when it depends on what is transferred.
  public var length: Int? { facts.length }

  /// Bytes of its data at revision 0, where that differs.
  public var legacyLength: Int? { facts.legacyLength }

  /// The lowest revision at which a device accepts it; nil when it comes before any revision.
  public var minRevision: Int? { facts.minRevision }

  /// Bytes of its data at `revision`; nil when it depends on what is transferred.
  public func length(atRevision revision: UInt16) -> Int? {
    revision == 0 ? facts.legacyLength ?? facts.length : facts.length
  }
}
