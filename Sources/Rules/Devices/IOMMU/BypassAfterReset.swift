import Model
import VirtioSpec

/// What an IOMMU's `bypass` reads as first after a reset, and what it was before.
struct BypassAfterReset: Sendable {
  /// The machine was reset, by what the recording tells.
  private(set) var isAfterSystemReset = false
  private var isDone = false

  private static let field = ConfigSpan(.iommu, "bypass")

  /// Takes a step; returns the value at the first read, unless the driver has written it before.
  mutating func take(_ step: Transaction) -> UInt64? {
    switch step.kind {
    case .machineEvent: if step.value == 1 { isAfterSystemReset = true }
    case .writeConfig: if Self.field.overlaps(step) || !step.hasValue { isDone = true }
    case .readConfig:
      guard !isDone, Self.field.encloses(step), step.hasValue, step.isAccepted else { return nil }
      isDone = true
      return step.value
    default: break
    }
    return nil
  }

  /// The field as the life before left it.
  static func before(_ session: Session) -> Session.ConfigValue? {
    session.previous?.config.first { Int($0.offset) == field.offset && $0.width == 1 }
  }

  /// The value that the device began with, where the recording shows it.
  static func initial(_ session: Session) -> UInt64? {
    session.previous?.earliestConfig
      .first { Int($0.offset) == field.offset && $0.width == 1 && $0.beganWithRead }?.initial
  }
}
