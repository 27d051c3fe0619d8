/// A field of a device's configuration space.
///
/// A field can be an array (`count` above 1), such as a MAC address of six bytes.
public struct ConfigField: Sendable, Hashable {
  /// Bytes from the start of the configuration space.
  public let offset: Int
  /// Bytes of one element.
  public let width: Int
  /// Number of elements.
  public let count: Int
  /// The name in the structure; members of an inner structure as `geometry.heads`.
  public let name: String
  /// What a driver may do with it through the modern interface.
  public let access: RegisterAccess
  /// Feature bits of which one has to be there for the field to exist; empty when it always does.
  public let onlyIf: [Int]
  /// The version that first had it, where that is known.
  public let introducedIn: SpecVersion?
  /// The member of a union that the field belongs to, for fields that overlap on purpose.
  public let unionMember: String?

  init(
    _ offset: Int, _ width: Int, _ name: String, count: Int = 1,
    access: RegisterAccess = .readOnly, onlyIf: [Int] = [], since introducedIn: SpecVersion? = nil,
    unionMember: String? = nil
  ) {
    self.offset = offset
    self.width = width
    self.count = count
    self.name = name
    self.access = access
    self.onlyIf = onlyIf
    self.introducedIn = introducedIn
    self.unionMember = unionMember
  }

  /// Bytes that all elements together occupy.
  public var byteCount: Int { width * count }
}
