import Model
import Rules
import VirtioSpec

/// Names of the values of a field, with the number that stands for each in a compiled filter.
struct QueryNames {
  /// Names as they are shown, in their order.
  let names: [String]
  private let numbers: [String: UInt64]

  /// - Parameter others: further names of the same values, which are understood and not shown.
  init(_ values: [(String, UInt64)], others: [(String, UInt64)] = []) {
    names = values.map(\.0)
    numbers = Dictionary(
      (values + others).map { (Self.key($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
  }

  init(_ names: [String], others: [String: String] = [:]) {
    let values = names.enumerated().map { ($1, UInt64($0)) }
    let first = Dictionary(values, uniquingKeysWith: { first, _ in first })
    self.init(values, others: others.compactMap { key, name in first[name].map { (key, $0) } })
  }

  subscript(name: String) -> UInt64? { numbers[Self.key(name)] }

  /// Letters of both cases and underscores count for nothing: `QueueReady` is `queue_ready`.
  private static func key(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }

  /// The names of a field; nil for one that has none.
  static func of(_ field: QueryField) -> QueryNames? {
    switch field {
    case .type: types
    case .transport: transports
    case .interface: interfaces
    case .kind: kinds
    case .side, .fault: sides
    case .register: registers
    case .ring: rings
    case .interrupt: causes
    case .severity: severities
    case .status, .sessionStatus: flags
    default: nil
    }
  }

  private static let types = QueryNames(
    DeviceType.all.map { ($0.name, UInt64($0.rawValue)) })
  private static let transports = QueryNames(
    TransportKind.allCases.map { ($0.name, UInt64($0.rawValue)) })
  private static let interfaces = QueryNames([
    ("undetermined", UInt64(Transaction.Interface.none.rawValue)),
    ("legacy", UInt64(Transaction.Interface.legacy.rawValue)),
    ("modern", UInt64(Transaction.Interface.modern.rawValue)),
  ])
  private static let kinds = QueryNames(
    StepCategory.allCases.map { ($0.name, UInt64($0.rawValue)) },
    others: [("irq", UInt64(StepCategory.interrupt.rawValue))])
  private static let sides = QueryNames(["driver", "device"])
  private static let causes = QueryNames(["queue", "config", "unknown"])
  private static let severities = QueryNames(Severity.allCases.map(\.rawValue))
  private static let registers = QueryNames(StepRegister.names, others: StepRegister.otherNames)
  private static let rings = QueryNames(StepRegister.ringNames)
  private static let flags = QueryNames(
    (0..<8).map { UInt8(1) << $0 }.filter { DeviceStatus.defined.contains(.init(rawValue: $0)) }
      .map { (DeviceStatus(rawValue: $0).describing, UInt64($0)) },
    others: [("NEEDS_RESET", UInt64(DeviceStatus.needsReset.rawValue))])
}
