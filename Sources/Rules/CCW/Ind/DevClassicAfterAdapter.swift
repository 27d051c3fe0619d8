import Model
import VirtioSpec

/// A device refuses SET_IND after SET_IND_ADAPTER.
///
/// Spec: 4.3.2.6.1
struct DevClassicAfterAdapter: IndicatorsRefused {
  static let id = "ccw.ind.dev-classic-after-adapter"
  static let kind = Transaction.Kind.setIndicators
  var tally = Tally()
  var state = IndicatorState()
}
