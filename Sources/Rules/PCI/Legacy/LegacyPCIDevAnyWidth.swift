import Model
import VirtioSpec

/// A legacy device returns the same of its configuration whatever the width of the access.
///
/// Shown where the bytes of a field were read one by one between two whole reads that agree with each
/// other, and make another number in either byte order.
///
/// Traps: a value that changes in between; the byte order of the guest decides how bytes combine.
///
/// Spec: 4.1.4.10
struct LegacyPCIDevAnyWidth: Rule {
  static let id = "legacy.pci.dev-any-width"
  var tally = Tally()
  /// The last whole read of a field, and the bytes read since.
  private var whole: (step: Transaction, bytes: [UInt64?])?

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.interface == .legacy else { return .silent }
    guard step.kind == .readConfig, step.hasValue else {
      whole = nil
      return .silent
    }
    if step.width == 1, let known = whole, step.index >= known.step.index,
      step.index < known.step.index &+ UInt32(known.step.width)
    {
      whole?.bytes[Int(step.index - known.step.index)] = step.value & 0xff
      return .silent
    }
    guard step.width == 2 || step.width == 4,
      let (field, _, byte) = session.profile.type?.configField(
        at: Int(step.index), in: session.profile.spec),
      field.width == Int(step.width), byte == 0
    else { return .silent }
    let known = whole
    whole = (step, [UInt64?](repeating: nil, count: Int(step.width)))
    guard let known, known.step.index == step.index, known.step.value == step.value else {
      return .silent
    }
    return judge(known.bytes.compactMap { $0 }, step, field, since: known.step.reference)
  }

  private func judge(
    _ bytes: [UInt64], _ step: Transaction, _ field: ConfigField, since first: RecordReference
  ) -> Judgement {
    guard bytes.count == Int(step.width) else { return .silent }
    let little = bytes.reversed().reduce(0) { $0 << 8 | $1 }
    let big = bytes.reduce(0) { $0 << 8 | $1 }
    guard little != step.value, big != step.value else { return .held }
    return .broken(
      "device returns \(hex(step.value)) for \(field.name) read whole, and \(hex(little)) read byte "
        + "by byte",
      Evidence(first, "device returns \(hex(step.value)) before the bytes as well"))
  }
}
