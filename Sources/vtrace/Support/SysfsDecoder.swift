import Glibc
import LiveView
import Model
import Recordings
import Reports
import VirtioSpec

/// Looks at the machine's own virtio devices again and again, and leaves them for the screen.
final class SysfsDecoder: Decoding {
  private let feed: HistoryFeed
  private let control = LiveControl()

  /// Looks a first time; throws where there is nothing to look at.
  init(into feed: HistoryFeed) throws(RecordingError) {
    self.feed = feed
    show(try SysfsDevice.all())
  }

  func stop() { control.stop() }

  func run() {
    while !control.isStopped {
      // Nobody tells of a change; ten times a second is the screen's own rate.
      usleep(100_000)
      if let devices = try? SysfsDevice.all() { show(devices) }
    }
  }

  private func show(_ devices: [SysfsDevice]) {
    var input = InputState()
    input.hasNoRecords = true
    feed.publish(devices: devices.map(DeviceState.init), input: input)
  }
}

extension DeviceState {
  /// A device as its kernel shows it.
  fileprivate init(_ device: SysfsDevice) {
    self.init(
      ofSystem: device.name, transport: device.parent.flatMap(Self.transport),
      type: DeviceType(rawValue: device.type), status: DeviceStatus(rawValue: device.status),
      features: FeatureSet(
        low: device.features.first ?? 0, high: device.features.dropFirst().first ?? 0))
    remarks = [
      "driver \(device.driver ?? "none")", "vendor \(hexadecimal(device.vendor))",
      "on \(device.parent ?? "a parent that the kernel does not tell")",
    ]
  }

  /// The transport by the kernel's name of what carries a device.
  private static func transport(_ parent: String) -> TransportKind? {
    if parent.hasSuffix("virtio_mmio") || parent.hasPrefix("virtio-mmio") { return .mmio }
    let colons = parent.split(separator: ":").count
    if colons == 3 { return .pci }
    return parent.split(separator: ".").count == 3 ? .ccw : nil
  }
}
