/// The transactions of one access, by device: filled by a transport, emptied by the analysis.
///
/// Reused for every access, so that it allocates only while it grows.
public struct StepBuffer: Sendable {
  public private(set) var steps: [Step] = []

  public struct Step: Sendable, BitwiseCopyable {
    /// Number of the device in the `DeviceTable`.
    public var device: Int32
    public var transaction: Transaction
  }

  public init() { steps.reserveCapacity(16) }

  public var isEmpty: Bool { steps.isEmpty }

  public mutating func append(_ transaction: Transaction, to device: Int32) {
    guard device >= 0 else { return }
    steps.append(Step(device: device, transaction: transaction))
  }

  /// Takes out the steps that `isUnwanted` names.
  mutating func removeAll(where isUnwanted: (Step) -> Bool) {
    steps.removeAll(where: isUnwanted)
  }

  public mutating func removeAll() {
    // Nearly always one step: taking it off is quicker than clearing the array.
    while steps.popLast() != nil {}
  }
}
