/// Devices that have just begun to serve kicks, and which queues they kicked themselves by that.
///
/// QEMU signals the eventfd of every queue once when it takes over serving them, right after
/// DRIVER_OK, so that nothing is missed. No driver made that kick.
struct ServiceStarts: Sendable {
  /// By device: the queues of which anything was seen since.
  private var seen: [Int32: Set<Int32>] = [:]

  mutating func begin(_ device: Int32) { seen[device] = [] }

  /// Takes a kick of the driver: what comes for that queue is the driver's too.
  mutating func note(_ queue: Int32, of device: Int32) {
    if let queues = seen[device], !queues.contains(queue) { seen[device]?.insert(queue) }
  }

  /// Whether a kick is the device's own, being the first of its queue.
  mutating func takes(_ queue: Int32, of device: Int32) -> Bool {
    seen[device]?.insert(queue).inserted ?? false
  }
}
