internal import Model

extension RunningMachine {
  /// Devices and queues that are asked about; more is no machine.
  private static var limit: UInt64 { 1 << 10 }

  /// Every virtio device, by the order of QEMU's list.
  public func devices() throws(RecordingError) -> [RunningDevice] {
    let list: [JSONValue]
    switch try connection.execute("x-query-virtio") {
    case .value(let value): list = value.items
    case .refused(_, let text):
      throw connection.problem(
        "QEMU \(connection.version) does not tell of its virtio devices (\(text)), which takes "
          + "7.2 or newer: name a recording, or queues with --queue")
    }
    var places = PCIPlaces(try connection.execute("query-pci").value)
    var devices: [RunningDevice] = []
    for entry in list.prefix(Int(Self.limit)) {
      guard let path = entry.member("path")?.text else { continue }
      let id = try places.name(of: path, asking: &connection) ?? path
      let empty = RunningDevice(id: id, type: 0, path: path)
      if let device = try update(empty) { devices.append(device) }
    }
    return devices.sorted { $0.id < $1.id }
  }

  /// What QEMU says of a device and its queues now; nil when the device is gone.
  public func update(_ device: RunningDevice) throws(RecordingError) -> RunningDevice? {
    let answer = try connection.execute("x-query-virtio-status", ["path": .text(device.path)])
    guard let status = answer.value, let type = status.member("device-id")?.integer
    else { return nil }
    var device = device
    device.type = UInt32(clamping: type)
    device.queues = []
    let count = min(status.member("num-vqs")?.integer ?? 0, Self.limit)
    for index in 0..<count {
      let answer = try connection.execute(
        "x-query-virtio-queue-status", ["path": .text(device.path), "queue": .number(index)])
      guard let told = answer.value, let queue = queue(index, told, of: status) else { continue }
      device.queues.append(queue)
    }
    return device
  }

  /// The queue; nil when the driver did not set it up.
  private func queue(
    _ index: UInt64, _ told: JSONValue, of status: JSONValue
  ) -> RunningDevice.Queue? {
    func number(_ name: String) -> UInt64? { told.member(name)?.integer }
    guard let size = number("vring-num"), size > 0, let descriptors = number("vring-desc"),
      descriptors != 0, let driver = number("vring-avail"), let device = number("vring-used")
    else { return nil }
    var layout = QueueLayout(
      size: UInt32(clamping: size), descriptors: descriptors, driverArea: driver,
      deviceArea: device)
    let accepted = Set(
      status.member("guest-features")?.member("transports")?.items.compactMap { feature in
        feature.text?.split(separator: ":").first.map(String.init)
      } ?? [])
    layout.isPacked = accepted.contains("VIRTIO_F_RING_PACKED")
    layout.isInOrder = accepted.contains("VIRTIO_F_IN_ORDER")
    layout.hasEventIndex = accepted.contains("VIRTIO_RING_F_EVENT_IDX")
    layout.allowsIndirect = accepted.contains("VIRTIO_RING_F_INDIRECT_DESC")
    layout.mayBeTranslated =
      accepted.contains("VIRTIO_F_IOMMU_PLATFORM") || accepted.contains("VIRTIO_F_ACCESS_PLATFORM")
    layout.isBigEndian =
      status.member("device-endian")?.text == "big" && !accepted.contains("VIRTIO_F_VERSION_1")
    var queue = RunningDevice.Queue(index: Int32(clamping: index), layout: layout)
    if status.member("vhost-started")?.truth != true, let used = number("used-idx"),
      let inUse = number("inuse")
    {
      queue.device = .init(usedIndex: UInt32(clamping: used), inUse: UInt32(clamping: inUse))
    }
    return queue
  }
}
