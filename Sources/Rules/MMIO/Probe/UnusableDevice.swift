import Model
import VirtioSpec

/// A rule that a driver of virtio-mmio leaves a device alone whose identification says so.
///
/// Traps: reporting an error is allowed and makes no access; probing the device anew, from the magic
/// value on, is too.
protocol UnusableDevice: Rule {
  /// The read that says it.
  static var kind: Transaction.Kind { get }
  static func isUnusable(_ value: UInt64) -> Bool
  /// What the driver must not go on with.
  static func goesOn(_ step: Transaction) -> Bool
  /// What the device told, behind "device": `returns 0 in DeviceID`.
  static func text(_ value: UInt64) -> String
  var told: RecordReference { get set }
  var value: UInt64 { get set }
}

extension UnusableDevice {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == Self.kind {
      guard step.hasValue, !step.traits.contains(.wrongWidth) else { return .silent }
      value = step.value
      told = Self.isUnusable(value) ? step.reference : .none
      return told.isSet ? .held : .silent
    }
    if step.kind == .readMagic { told = .none }
    guard told.isSet, Self.goesOn(step) else { return .silent }
    return .broken(
      "driver \(step.access) although the device \(Self.text(value))",
      Evidence(told, "device \(Self.text(value))"))
  }
}

extension Transaction {
  /// The access to a register of virtio-mmio as a message says it, behind "driver".
  var access: String {
    let isWrite = isWriteOfMMIO || kind == .writeRegister
    guard let offset = mmioRegister else {
      return isWrite ? "writes device configuration" : "reads device configuration"
    }
    let version: UInt32 = interface == .legacy ? 1 : 2
    let name = MMIORegisterFacts(offset & ~3, version: version)?.name ?? hex(offset, digits: 2)
    return "\(isWrite ? "writes" : "reads") \(name)"
  }
}
