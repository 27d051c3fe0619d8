/// A screen as a value: rows of cells, each one column wide.
///
/// Whatever is drawn outside is cut off, so that a screen can be drawn at any size.
public struct CellGrid: Hashable, Sendable {
  public let size: Size
  private var cells: [Cell]

  public init(_ size: Size) {
    self.size = size
    cells = [Cell](repeating: Cell(), count: size.columns * size.rows)
  }

  /// The cell there; a blank one outside.
  public subscript(row: Int, column: Int) -> Cell {
    get { contains(row, column) ? cells[row * size.columns + column] : Cell() }
    set { if contains(row, column) { cells[row * size.columns + column] = newValue } }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < size.rows && column >= 0 && column < size.columns
  }

  /// Writes `text` from a place on, at most `limit` columns, and returns the column behind it.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, row: Int, column: Int, limit: Int = .max,
    _ style: CellStyle = .plain
  ) -> Int {
    let end = limit > size.columns - column ? size.columns : column + max(limit, 0)
    var place = column
    for scalar in text.unicodeScalars where place < end {
      self[row, place] = Cell(Self.shown(scalar), style)
      place += 1
    }
    return max(place, column)
  }

  /// Fills what a rectangle holds of a row with one character.
  public mutating func fill(
    row: Int, columns: Range<Int>, with character: Unicode.Scalar = " ", _ style: CellStyle
  ) {
    for column in columns.clamped(to: 0..<size.columns) {
      self[row, column] = Cell(character, style)
    }
  }

  /// Changes the style of part of a row.
  public mutating func restyle(row: Int, columns: Range<Int>, _ change: (inout CellStyle) -> Void) {
    for column in columns.clamped(to: 0..<size.columns) {
      var cell = self[row, column]
      change(&cell.style)
      self[row, column] = cell
    }
  }

  /// What stands for `scalar`: itself where it takes one column, a question mark where it may take
  /// none or two, or would move the cursor.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20...0x7e, 0xa1...0xac, 0xae...0x2ff, 0x370...0x482, 0x2010...0x2027, 0x2030...0x205e,
      0x2190...0x2319, 0x2500...0x25fc:
      scalar
    default: "?"
    }
  }

  /// The rows as text, without the blanks at their ends.
  public var lines: [String] {
    (0..<size.rows).map { row in
      var line = ""
      for column in 0..<size.columns { line.unicodeScalars.append(self[row, column].character) }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension CellGrid {
  /// Whether a row is the same in both.
  func hasSameRow(_ row: Int, as other: CellGrid) -> Bool {
    guard size == other.size else { return false }
    return (0..<size.columns).allSatisfy { self[row, $0] == other[row, $0] }
  }
}
