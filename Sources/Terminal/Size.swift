/// Columns and rows of a screen.
public struct Size: Hashable, Sendable {
  public let columns: Int
  public let rows: Int

  /// Clamped to what any terminal has, so that no product of both overflows.
  public init(columns: Int, rows: Int) {
    self.columns = min(max(columns, 1), 4096)
    self.rows = min(max(rows, 1), 4096)
  }
}
