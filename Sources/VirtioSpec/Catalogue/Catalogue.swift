/// Every normative statement of the specification, in the order of the tables.
///
/// The rows lie in the program as text and are parsed on demand: `row(_:)` parses one, `rows` all
/// of them, once. Nothing happens at start-up.
public enum Catalogue {
  /// Number of statements about facilities and transports; they come first.
  public static let coreCount = coreLines.count

  /// Number of statements about device types.
  public static let deviceCount = deviceLines.count

  /// Number of statements.
  public static var count: Int { coreCount + deviceCount }

  /// All statements; `number(of:)` is the index.
  public static let rows: [CatalogueRow] = (0..<count).compactMap(row(number:))

  /// The statement of that id.
  public static func row(_ id: String) -> CatalogueRow? {
    number(of: id).flatMap(row(number:))
  }

  /// The statement of that number.
  public static func row(number: Int) -> CatalogueRow? {
    line(number).flatMap { CatalogueRow(line: $0, isCore: number < coreCount) }
  }

  /// The number of the statement of that id: dense from 0, for arrays that hold something per
  /// statement. Not stable across versions of the program.
  public static func number(of id: String) -> Int? { numbers[id] }

  /// The id of the statement of that number.
  public static func id(number: Int) -> String? {
    line(number).map { line in
      String(Substring(line.utf8.prefix { $0 != UInt8(ascii: "\t") }))
    }
  }

  private static let numbers: [String: Int] = {
    var result: [String: Int] = [:]
    result.reserveCapacity(count)
    for number in 0..<count {
      guard let id = id(number: number) else { continue }
      result[id] = number
    }
    return result
  }()

  private static func line(_ number: Int) -> String? {
    guard number >= 0, number < count else { return nil }
    return number < coreCount ? coreLines[number] : deviceLines[number - coreCount]
  }
}
