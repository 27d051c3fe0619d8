/// What a driver tried, and what the device said to it, on the way to a revision of virtio-ccw.
///
/// Outlives a reset, as the revision does; what belongs to one period ends when the subchannel is
/// enabled again.
///
/// Spec: 4.3.2.1, Setting the Virtio Revision
public struct RevisionHistory: Sendable, BitwiseCopyable {
  /// The highest revision that the device ever took, -1 none, and where.
  public var highestAccepted: Int32 = -1
  public var highestAcceptedAt: RecordReference = .none
  /// The device took revision 0, or refused it.
  public var zeroAccepted: RecordReference = .none
  public var zeroRejected: RecordReference = .none

  /// The last revision that was tried in this period, -1 none, and where.
  public var lastTried: Int32 = -1
  public var lastTriedAt: RecordReference = .none
  /// The revisions up to 31 that the device refused in this period, by bit.
  public var rejected: UInt32 = 0
  public var lastRejected: RecordReference = .none
  /// The first command of virtio that the device took in this period before any revision was tried.
  public var early: RecordReference = .none

  public init() {}

  mutating func apply(_ step: Transaction, isUnset: Bool) {
    switch step.kind {
    case .subchannelEnabled:
      lastTried = -1
      lastTriedAt = .none
      rejected = 0
      lastRejected = .none
      early = .none
    case .setRevision where step.hasValue: applyAttempt(step)
    case _ where step.isChannelCommand:
      if isUnset, step.isAccepted, !lastTriedAt.isSet, !early.isSet { early = step.reference }
    default: break
    }
  }

  private mutating func applyAttempt(_ step: Transaction) {
    let revision = Int32(truncatingIfNeeded: step.value & 0xffff)
    lastTried = revision
    lastTriedAt = step.reference
    guard step.isAccepted else {
      lastRejected = step.reference
      if revision < 32 { rejected |= 1 << UInt32(revision) }
      if revision == 0 { zeroRejected = step.reference }
      return
    }
    if revision == 0 { zeroAccepted = step.reference }
    if revision > highestAccepted {
      highestAccepted = revision
      highestAcceptedAt = step.reference
    }
  }
}

extension Transaction {
  /// A channel command of virtio's own, other than the one that sets the revision.
  public var isChannelCommand: Bool {
    switch kind {
    case .readStatus, .writeStatus, .reset, .readDeviceFeatures, .writeDriverFeatures,
      .readQueueSize, .writeQueueSize, .writeQueueAlign, .writeQueueAddress, .writeQueueEnable,
      .setIndicators, .setConfigIndicators, .setAdapterIndicators, .readConfig, .writeConfig:
      true
    default: false
    }
  }
}
