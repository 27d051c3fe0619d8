import Model
import VirtioSpec

/// A rule that a number which the driver of legacy virtio-mmio writes is a power of two.
///
/// The specification says so with a should in small letters, so the finding is a note.
protocol MMIOPowerOfTwo: Rule {
  static var kind: Transaction.Kind { get }
  static var register: String { get }
}

extension MMIOPowerOfTwo {
  static var needsWholeLife: Bool { false }

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == Self.kind, step.hasValue, session.profile.transport == .mmio,
      !step.traits.contains(.wrongWidth)
    else { return .silent }
    guard step.value.nonzeroBitCount != 1 else { return .held }
    return .broken("driver writes \(hex(step.value)) to \(Self.register), which is no power of two")
  }
}
