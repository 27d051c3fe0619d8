import Model
import VirtioSpec

/// A transitional device takes configuration that is written before the features are read.
///
/// Trap: a field that a driver cannot write keeps its value.
///
/// Spec: 3.1.2
struct LegacyDevEarlyConfigWrite: Rule {
  static let id = "legacy.init.dev-early-config-write"
  var tally = Tally()
  private var written: Transaction?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCertainlyLegacy else { return .silent }
    switch step.kind {
    case .writeConfig:
      let field = session.configField(at: step.index)
      written =
        field?.access.isWritable == true && step.hasValue && !session.marks.firstFeatureRead.isSet
        ? step : nil
    case .readConfig:
      guard let write = written, write.index == step.index, write.width == step.width,
        step.hasValue
      else { return .silent }
      written = nil
      guard write.value != step.value else { return .held }
      return .broken(
        "device returns \(hex(step.value)) at offset \(hex(step.index, digits: 2)) of its configuration, "
          + "where \(hex(write.value)) was written before the features were read",
        Evidence(write.reference, "driver writes the field"))
    default: break
    }
    return .silent
  }
}
