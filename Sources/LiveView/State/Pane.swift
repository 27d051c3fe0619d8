/// A part of the screen.
public enum Pane: Int, Sendable, CaseIterable {
  case devices, transactions, detail, rings, findings

  var title: String {
    switch self {
    case .devices: "devices"
    case .transactions: "transactions"
    case .detail: "detail"
    case .rings: "rings"
    case .findings: "findings"
    }
  }

  /// One of those that share a place on a small screen.
  var isLower: Bool { self != .devices && self != .transactions }
}
