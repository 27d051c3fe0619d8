import Model

/// Proposal: until features are written, a transitional device answers configuration in the byte
/// order of the interface that is in use.
///
/// Traps: the value may have changed for real, which is no swap; a field that reads the same either
/// way shows nothing.
struct DevEndianBeforeFeatures: Rule {
  static let id = "rfc.config.dev-endian-before-features"
  var tally = Tally()
  private var early: [Field] = []

  private struct Field {
    var offset: UInt32
    var width: UInt8
    var value: UInt64
    var reference: RecordReference
  }

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, session.isModern, step.hasValue, step.isAccepted,
      step.width == 2 || step.width == 4 || step.width == 8
    else { return .silent }
    guard session.marks.firstFeatureWrite.isSet else {
      // A driver has few fields to validate; a hostile recording gets no more room.
      if early.count < 16, !early.contains(where: { $0.offset == step.index }) {
        early.append(
          Field(
            offset: step.index, width: step.width, value: step.value, reference: step.reference))
      }
      return .silent
    }
    guard session.accepted.contains(32),
      let field = early.first(where: { $0.offset == step.index && $0.width == step.width })
    else { return .silent }
    let swapped = field.value.byteSwapped >> UInt64(64 - Int(step.width) * 8)
    guard swapped != field.value else { return .silent }
    guard step.value == swapped else { return .held }
    let digits = Int(step.width) * 2
    return .broken(
      "device swaps the bytes of its configuration at offset \(hex(step.index)) "
        + "when the driver has accepted \(session.featureName(32)): "
        + "\(hex(step.value, digits: digits))",
      Evidence(field.reference, "read as \(hex(field.value, digits: digits)) before"),
      Evidence(session.featureWrites[1], "driver accepts \(session.featureName(32))"))
  }
}
