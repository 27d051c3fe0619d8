import Policies
import VirtioSpec

extension QueryParser {
  /// Reads a value, or in a set a range of them.
  mutating func parseValue(
    into test: inout QueryTest, allowsRange: Bool = false
  ) throws(QueryProblem) {
    expectation = .value(test.field)
    switch test.field.kind {
    case .text: test.texts.append(try parseText(of: test.field, test.form))
    case .features: test.bits += try parseFeature()
    default:
      let low = try parseNumber(of: test.field)
      var high = low
      if allowsRange, takeSign("..") {
        guard test.field.kind == .number || test.field.kind == .time else {
          place -= 1
          throw fail(", or }")
        }
        expectation = .value(test.field)
        high = try parseNumber(of: test.field)
        guard high >= low else {
          place -= 1
          throw fail("a value that is not below the first of the range")
        }
      }
      test.ranges.append(QueryTest.Range(low: low, high: high))
    }
  }

  /// Flags and numbers joined with `|`, with or without parentheses.
  mutating func parseFlags(of field: QueryField) throws(QueryProblem) -> UInt64 {
    expectation = .value(field)
    let isEnclosed = takeSign("(")
    var flags = try parseOne(of: field)
    while takeSign("|") {
      expectation = .value(field)
      flags |= try parseOne(of: field)
    }
    if isEnclosed, !takeSign(")") { throw fail("| or )") }
    return flags
  }

  private mutating func parseNumber(of field: QueryField) throws(QueryProblem) -> UInt64 {
    if field.kind == .flags { return try parseFlags(of: field) }
    return try parseOne(of: field)
  }

  /// One number, time or name.
  private mutating func parseOne(of field: QueryField) throws(QueryProblem) -> UInt64 {
    let names = QueryNames.of(field)
    guard token.kind == .word || token.kind == .string && names != nil else {
      throw fail(valueWanted(field))
    }
    if field.kind == .time {
      guard let time = QueryNumber.time(token.text) else { throw fail(valueWanted(field)) }
      place += 1
      return QueryTest.number(ofTime: time)
    }
    let number = field.kind == .name && field != .type ? nil : QueryNumber.parse(token.text)
    // A name goes first: `9p` is a device type.
    guard let value = names?[token.text] ?? number else {
      throw fail(valueWanted(field), names: names?.names ?? [])
    }
    place += 1
    return value
  }

  private func valueWanted(_ field: QueryField) -> String {
    switch field.kind {
    case .time: return "a time such as 1.5, 20ms or 3us"
    case .number: return "a number, decimal or with 0x"
    case .flags: return "a number or flags such as DRIVER_OK"
    case .name:
      let names = QueryNames.of(field)?.names ?? []
      let shown = names.count <= 12 ? ": " + names.joined(separator: ", ") : ""
      return field == .type
        ? "a device type such as blk, or its number"
        : "a value of \(field.name)\(shown)"
    case .features: return "a feature such as VERSION_1, or the number of its bit"
    case .text, .mark: return "a text"
    }
  }

  // MARK: texts

  private mutating func parseText(
    of field: QueryField, _ form: QueryTest.Form
  ) throws(QueryProblem) -> String {
    guard token.kind == .word || token.kind == .string else {
      throw fail(form == .matches ? "a regular expression in quotation marks" : "a text")
    }
    var text = token.text
    if form == .matches {
      do { _ = try QueryPattern(text) } catch { throw fail(error.expected) }
    } else if form != .contains {
      text = try known(text, of: field)
    }
    place += 1
    return text
  }

  /// The name as the field has it, where its names are known.
  private func known(_ text: String, of field: QueryField) throws(QueryProblem) -> String {
    switch field {
    case .finding:
      guard !RulePattern.known.contains(text) else { return text }
      throw fail("the id of a rule, or its beginning up to a dot", names: Self.ruleNames)
    case .config:
      guard !Self.configNames.contains(text) else { return text }
      throw fail("a field of a device configuration", names: Self.configNames.sorted())
    default: return text
    }
  }

  /// Names of all fields of device configurations.
  static let configNames: Set<String> = Set(
    DeviceType.all.flatMap { $0.configFields.map(\.name) })

  /// Ids of rules and their beginnings.
  static let ruleNames: [String] = RulePattern.known.sorted()

  // MARK: features

  /// The bits that a name means, by type; a number means one bit of every type.
  private mutating func parseFeature() throws(QueryProblem) -> [QueryTest.Bit] {
    guard token.kind == .word || token.kind == .string else {
      throw fail("a feature such as VERSION_1, or the number of its bit")
    }
    if let bit = QueryNumber.parse(token.text) {
      guard bit < 1 << 16 else { throw fail("the number of a feature bit") }
      place += 1
      return [QueryTest.Bit(type: nil, bit: Int(bit))]
    }
    guard let bits = Self.features[token.text.uppercased()] else {
      throw fail(
        "a feature such as VERSION_1, or the number of its bit", names: Self.featureNames)
    }
    place += 1
    return bits
  }

  /// Bits by full and by short name.
  private static let features: [String: [QueryTest.Bit]] = {
    var all: [String: [QueryTest.Bit]] = [:]
    for type in DeviceType.all {
      for feature in FeatureCatalogue.features(of: type) {
        let bit = QueryTest.Bit(type: type.rawValue, bit: feature.bit)
        let old = FeatureCatalogue.feature(feature.bit, of: type, legacy: true) ?? feature
        for name in Set([feature.name, feature.shortName, old.name, old.shortName]) {
          all[name.uppercased(), default: []].append(bit)
        }
      }
    }
    // What every type has alike is asked of devices of unknown type as well.
    return all.mapValues { bits in
      guard let bit = bits.first?.bit, bits.count == DeviceType.all.count,
        bits.allSatisfy({ $0.bit == bit })
      else { return bits }
      return [QueryTest.Bit(type: nil, bit: bit)]
    }
  }()

  /// All names, the short ones first.
  static let featureNames: [String] = features.keys.sorted {
    ($0.hasPrefix("VIRTIO_") ? 1 : 0, $0) < ($1.hasPrefix("VIRTIO_") ? 1 : 0, $1)
  }
}
