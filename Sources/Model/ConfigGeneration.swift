/// The generation of the device configuration as a session last read it.
///
/// Spec: 2.5, Device Configuration Space
public struct ConfigGeneration: Sendable, BitwiseCopyable {
  public var value: UInt64 = 0
  /// The last read, none where there was none yet.
  public var read: RecordReference = .none
  /// The device configuration was read or written since.
  public var isStale = false

  public init() {}

  mutating func apply(_ step: Transaction) {
    guard step.hasValue else { return }
    value = step.value
    read = step.reference
    isStale = false
  }
}
