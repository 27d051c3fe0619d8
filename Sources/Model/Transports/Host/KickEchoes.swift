/// Kicks that a log tells twice: on the virtual CPU's thread, which only signals an eventfd, and
/// again on the thread that serves it.
///
/// virtio-ccw's notification hypercall is logged so. A thread that made accesses is a virtual CPU's.
struct KickEchoes: Sendable {
  private var guestThreads: Set<UInt16> = []
  /// Kicks of virtual CPUs that the serving thread has not repeated yet.
  private var awaited: Set<Kick> = []

  private struct Kick: Hashable {
    var device: Int32
    var queue: Int32
  }

  /// Takes note that `thread` made an access of the guest.
  mutating func note(guestThread thread: UInt16) {
    if !guestThreads.contains(thread) { guestThreads.insert(thread) }
  }

  /// Whether `thread` is known to be a virtual CPU's.
  func isGuest(_ thread: UInt16) -> Bool { guestThreads.contains(thread) }

  /// Takes a kick of a virtual CPU, which a serving thread will repeat.
  mutating func expect(_ queue: Int32, of device: Int32) {
    awaited.insert(Kick(device: device, queue: queue))
  }

  /// Whether a kick of a serving thread repeats one that was told.
  mutating func takes(_ queue: Int32, of device: Int32) -> Bool {
    awaited.remove(Kick(device: device, queue: queue)) != nil
  }
}
