import VirtioSpec

extension Session {
  /// The driver's life up to now can be judged: its start was seen, nothing was lost since, and what
  /// the driver wrote was captured.
  public var isWhole: Bool { startKnown && !gap.isSet && !blind.isSet }

  /// Anything but resets and identification happened.
  public var hasLife: Bool {
    !writtenStatus.isEmpty || marks.firstFeatureWrite.isSet || marks.firstQueueSetup.isSet
      || marks.firstKick.isSet || marks.firstConfigWrite.isSet
  }

  /// The session is driven through the legacy interface.
  public var isLegacy: Bool { interface == .legacy }
  /// The session is driven through the modern interface.
  public var isModern: Bool { interface == .modern }

  /// The queue `index`, nil when it was not met.
  public func queue(_ index: Int32) -> Queue? {
    queues.first { $0.index == index }
  }

  /// VERSION_1 is among the accepted features.
  public var acceptedVersion1: Bool { accepted.contains(32) }

  /// How the session ended, as the report names it.
  public var outcome: String {
    if status.contains(.failed) { return "failed" }
    if status.contains(.needsReset) { return "needsReset" }
    if status.contains(.driverOK) { return "running" }
    return "abandoned"
  }
}
