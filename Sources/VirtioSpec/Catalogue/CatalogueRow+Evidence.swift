extension CatalogueRow {
  /// What a recording must hold so that a statement can be decided; empty when no recording can.
  public struct Evidence: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Accesses to registers, in order.
    public static let access = Evidence(rawValue: 1 << 0)
    /// Configuration space, capabilities and where they lie.
    public static let topology = Evidence(rawValue: 1 << 1)
    /// Ring memory at one time.
    public static let ring = Evidence(rawValue: 1 << 2)
    /// Ring memory as it changed.
    public static let ringHistory = Evidence(rawValue: 1 << 3)
    /// Interrupts.
    public static let interrupts = Evidence(rawValue: 1 << 4)
    /// Contents of buffers.
    public static let payload = Evidence(rawValue: 1 << 5)
    /// Offered and accepted features.
    public static let features = Evidence(rawValue: 1 << 6)

    /// The words of the tables and reports, in the order of the bits.
    public static let words: [(word: String, bit: Evidence)] = [
      ("access", .access), ("topology", .topology), ("ring", .ring),
      ("ring-history", .ringHistory), ("irq", .interrupts), ("payload", .payload),
      ("features", .features),
    ]

    /// The words of the kinds in the set.
    public var names: [String] {
      Self.words.filter { contains($0.bit) }.map(\.word)
    }

    /// Whether no recording can decide the statement.
    public var isUndecidable: Bool { isEmpty }

    /// The kinds that `text` lists with commas; nil when it has an unknown word. `none` is empty.
    init?(_ text: Substring) {
      var result: Evidence = []
      for word in text.split(separator: ",") where word != "none" {
        guard let known = Self.words.first(where: { $0.word == word }) else { return nil }
        result.insert(known.bit)
      }
      self = result
    }
  }
}
