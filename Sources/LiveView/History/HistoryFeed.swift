import Synchronization

/// Where the decoder leaves its snapshots and the screen takes them.
///
/// Neither waits for the other: what the lock guards is the exchange of a value that is made before
/// and used after.
public final class HistoryFeed: Sendable {
  private let latest = Mutex(HistorySnapshot())

  public init() {}

  /// Leaves a snapshot.
  func publish(_ snapshot: HistorySnapshot) {
    var old = snapshot
    latest.withLock { swap(&$0, &old) }
    // The former snapshot dies here, outside the lock.
  }

  /// Leaves devices as their system shows them, where nothing is seen of what passes.
  public func publish(devices: [DeviceState], input: InputState) {
    latest.withLock { latest in
      guard input != latest.input || !devices.elementsEqual(latest.devices, by: { $0.isAs($1) })
      else { return }
      latest.devices = devices
      latest.input = input
      latest.version &+= 1
    }
  }

  /// The last snapshot that was left.
  public var snapshot: HistorySnapshot { latest.withLock { $0 } }
}
