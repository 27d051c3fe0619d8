public import Model

/// What one of two recordings brings to the comparison.
public struct ComparedRun: Sendable {
  public var devices: [ComparedDevice]
  /// What the recording can show.
  public var evidence: EvidenceSet
  /// The recording ends in the middle of a record.
  public var isTruncated: Bool
  public var lastRecord: UInt64

  init(devices: [ComparedDevice], summary: InputSummary) {
    self.devices = devices
    evidence = summary.evidence
    isTruncated = summary.truncated
    lastRecord = summary.records
  }

  private func shows(_ isWanted: (ComparedStep) -> Bool) -> Bool {
    devices.contains { $0.lives.contains { $0.occasions.contains(where: isWanted) } }
  }

  /// The device's own log tells of kicks.
  var showsHostKicks: Bool {
    shows { $0.isFromHost && ($0.key.topic == .kick || $0.key.topic == .earlyKick) }
  }
  /// The device's own log tells of interrupts.
  var showsHostInterrupts: Bool { shows { $0.isFromHost && $0.key.topic == .queueInterrupt } }
  /// Rings or the device's own log tell of used buffers.
  var showsUsedBuffers: Bool { shows { $0.key.topic == .buffersUsed } }
  /// Rings tell of available buffers.
  var showsAvailableBuffers: Bool { shows { $0.key.topic == .buffersAvailable } }
}
