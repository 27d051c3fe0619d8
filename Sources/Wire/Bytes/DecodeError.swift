/// Why bytes are not what their format says, and where.
///
/// The input is bad, not the job: a reader counts it, reports it, and goes on where it can.
public struct DecodeError: Error, Equatable, Sendable {
  /// What is wrong.
  public var reason: Reason
  /// Offset in the file of the first bad byte.
  public var offset: Int
  /// The part of the format that was being read, such as `pcapng block`.
  public var layer: StaticLayer

  @inlinable
  public init(_ reason: Reason, at offset: Int, in layer: StaticLayer = "bytes") {
    self.reason = reason
    self.offset = offset
    self.layer = layer
  }

  /// What is wrong with the bytes.
  public enum Reason: Equatable, Sendable {
    /// The bytes end before the item does.
    case truncated(needed: Int, available: Int)
    /// A field does not hold what the format demands.
    case unexpected(field: String, expected: String, found: String)
    /// A length or count that the format does not allow.
    case badLength(field: String, found: UInt64)
    /// A version or variant that this reader does not know.
    case unsupported(String)
  }

  /// The name of a layer: a literal, so that an error costs no allocation for it.
  public struct StaticLayer: Equatable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
  {
    @usableFromInline let name: StaticString

    @inlinable
    public init(stringLiteral value: StaticString) {
      name = value
    }

    public var description: String { "\(name)" }

    public static func == (first: StaticLayer, second: StaticLayer) -> Bool {
      first.description == second.description
    }
  }
}

extension DecodeError: CustomStringConvertible {
  /// The error as a person reads it, without the offset.
  public var description: String {
    switch reason {
    case .truncated(let needed, let available):
      "\(layer): expected \(needed) bytes, found \(available)"
    case .unexpected(let field, let expected, let found):
      "\(layer): expected \(field) \(expected), found \(found)"
    case .badLength(let field, let found):
      "\(layer): \(field) of \(found) is not possible"
    case .unsupported(let what):
      "\(layer): \(what) is not supported"
    }
  }
}
