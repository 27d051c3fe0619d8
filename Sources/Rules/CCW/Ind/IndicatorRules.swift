import Model
import VirtioSpec

/// The indicators that a driver of virtio-ccw has set up, as the rules about them remember them.
///
/// Traps: a reset takes them away, and so does an address of 0; a refused command sets nothing.
struct IndicatorState: Sendable {
  private(set) var classic = RecordReference.none
  private(set) var adapter = RecordReference.none

  /// Takes a step; call it after judging.
  mutating func apply(_ step: Transaction) {
    guard step.isAccepted else { return }
    let place = step.hasValue && step.value == 0 ? RecordReference.none : step.reference
    switch step.kind {
    case .setIndicators: classic = place
    case .setAdapterIndicators: adapter = place
    case .reset: self = IndicatorState()
    default: break
    }
  }

  /// The kind of indicators that `step` would set up beside others that are there.
  func conflict(_ step: Transaction) -> (other: RecordReference, name: String)? {
    guard step.hasValue, step.value != 0 else { return nil }
    switch step.kind {
    case .setIndicators where adapter.isSet: return (adapter, "SET_IND_ADAPTER")
    case .setAdapterIndicators where classic.isSet: return (classic, "SET_IND")
    default: return nil
    }
  }
}

/// A rule that a device refuses one kind of indicators while the other is set up.
protocol IndicatorsRefused: Rule {
  static var kind: Transaction.Kind { get }
  var state: IndicatorState { get set }
}

extension IndicatorsRefused {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    defer { state.apply(step) }
    guard step.kind == Self.kind, let conflict = state.conflict(step) else { return .silent }
    guard step.isAccepted else { return .held }
    return .broken(
      "device takes \(step.command) after \(conflict.name)",
      Evidence(conflict.other, "driver sends \(conflict.name)"))
  }
}
