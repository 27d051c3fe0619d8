/// Where a device of virtio-ccw tells its driver: what an `indicator` transaction is about.
///
/// Spec: 4.3.2.6, Setting Up Indicators.
public enum CCWIndicator: UInt32, Sendable, CaseIterable {
  /// The 64 bits of SET_IND, one a queue.
  case queues
  /// The 64 bits of SET_CONF_IND, of which bit 0 means a change of the configuration.
  case config
  /// A byte of the area of SET_IND_ADAPTER.
  case area
  /// The summary byte of SET_IND_ADAPTER.
  case summary
  /// A summary byte that several devices have in common.
  case sharedSummary

  /// As lines of transactions and pages spell it.
  public var name: String {
    self == .sharedSummary ? "shared-summary" : "\(self)"
  }
}

/// The two interrupts by which a device of virtio-ccw calls its driver.
///
/// Spec: 4.3.3.1, Host->Guest Notification.
public enum CCWInterrupt: UInt32, Sendable {
  /// A classic I/O interrupt of the subchannel.
  case classic = 2
  /// An adapter I/O interrupt.
  case adapter = 3
}
