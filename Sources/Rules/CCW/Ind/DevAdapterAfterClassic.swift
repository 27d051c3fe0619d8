import Model
import VirtioSpec

/// A device refuses SET_IND_ADAPTER after SET_IND.
///
/// Spec: 4.3.2.6.3.1
struct DevAdapterAfterClassic: IndicatorsRefused {
  static let id = "ccw.ind.dev-adapter-after-classic"
  static let kind = Transaction.Kind.setAdapterIndicators
  var tally = Tally()
  var state = IndicatorState()
}
