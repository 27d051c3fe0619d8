/// Which device and queue the handles of a log stand for.
struct HostHandles: Sendable {
  struct QueuePlace: Sendable, BitwiseCopyable {
    var device: Int32
    var queue: Int32
  }

  private var devices: [UInt64: Int32] = [:]
  private var handlesOfDevices: [Int32: UInt64] = [:]
  private var queues: [UInt64: QueuePlace] = [:]
  /// The last status of handles that are bound to no device.
  private var unbound: [UInt64: UInt8] = [:]

  /// More handles than this are not followed.
  private static var limit: Int { 65536 }

  func device(_ handle: UInt64) -> Int32? { devices[handle] }

  func queue(_ handle: UInt64) -> QueuePlace? { queues[handle] }

  mutating func bind(_ handle: UInt64, to device: Int32) {
    guard devices[handle] != device else { return }
    guard devices.count < Self.limit else { return }
    // Both may have been taken before, by a device that was unplugged.
    if let old = handlesOfDevices[device] { devices[old] = nil }
    if let old = devices[handle] { handlesOfDevices[old] = nil }
    devices[handle] = device
    handlesOfDevices[device] = handle
    unbound[handle] = nil
  }

  mutating func bind(queue handle: UInt64, to queue: Int32, of device: Int32) {
    guard handle != 0, queues.count < Self.limit else { return }
    queues[handle] = QueuePlace(device: device, queue: queue)
  }

  mutating func setStatus(_ status: UInt8, of handle: UInt64) {
    guard devices[handle] == nil, unbound.count < Self.limit else { return }
    unbound[handle] = status
  }

  /// Handles without a device were seen, and all of them are reset.
  var everyUnboundIsReset: Bool { !unbound.isEmpty && unbound.values.allSatisfy { $0 == 0 } }
}
