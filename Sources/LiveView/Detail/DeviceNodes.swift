import Model
import Reports
import Terminal
import VirtioSpec

extension ViewState {
  /// A device as a tree: what it is, status, features, queues, configuration.
  func nodes(of device: DeviceState) -> [DetailNode] {
    let title = device.type.map { $0.isKnown ? " (\($0.title))" : "" } ?? ""
    let head =
      (device.isOfSystem ? [] : sessionNodes(of: device))
      + device.remarks.map { DetailNode($0, Look.dim) }
    var nodes = [
      DetailNode("\(device.id) \(device.typeName)\(title)", Look.strong, key: "device", head)
    ]
    nodes.append(statusNode(device))
    if !device.isOfSystem {
      nodes.append(featureNode("offered", device.offered, device, marks: device.accepted))
    }
    nodes.append(featureNode("accepted", device.accepted, device, marks: nil))
    if !device.queues.isEmpty {
      nodes.append(DetailNode("queues", key: "queues", device.queues.map(Self.node(of:))))
    }
    if !device.config.isEmpty {
      nodes.append(DetailNode("configuration", key: "config", device.config.map { DetailNode($0) }))
    }
    return nodes
  }

  private func sessionNodes(of device: DeviceState) -> [DetailNode] {
    var nodes = [
      DetailNode("virtio-\(device.transportName), session \(device.session)", key: "transport")
    ]
    if device.pciDeviceID != 0 {
      nodes.append(DetailNode("device id \(hexadecimal(device.pciDeviceID))", key: "id"))
    }
    nodes.append(DetailNode("interface: \(Self.name(of: device.interface))", key: "interface"))
    if !device.startKnown {
      nodes.append(DetailNode("its start is not in the recording", key: "start"))
    }
    return nodes
  }

  static func name(of interface: Transaction.Interface) -> String {
    switch interface {
    case .legacy: "legacy"
    case .modern: "modern"
    case .none: "undetermined"
    }
  }

  private func statusNode(_ device: DeviceState) -> DetailNode {
    guard device.isStatusKnown else { return DetailNode("status unknown", key: "status") }
    let value = device.status.rawValue
    return DetailNode(
      "status \(hexadecimal(value, digits: 2))", key: "status",
      BitNames.status(UInt64(value)))
  }

  private func featureNode(
    _ name: String, _ set: FeatureSet, _ device: DeviceState, marks: FeatureSet?
  ) -> DetailNode {
    guard set.isKnownAtAll else { return DetailNode("\(name) unknown", Look.dim, key: name) }
    let names = set.shortNames(of: device.type, isLegacy: device.interface == .legacy)
    let children = zip(set.bits, names).map { bit, name in
      let isTaken = marks.map { $0.isKnownAtAll && !$0.contains(bit) } ?? false
      return DetailNode(
        "bit \(bit) \(name)\(isTaken ? " (not accepted)" : "")", isTaken ? Look.dim : .plain,
        key: "\(bit)")
    }
    return DetailNode("\(name) \(set.hexadecimalText)", key: name, children)
  }

  private static func node(of state: QueueState) -> DetailNode {
    let queue = state.queue
    var children = [
      DetailNode("descriptors \(hexadecimal(queue.descriptors))"),
      DetailNode("driver area \(hexadecimal(queue.driverArea))"),
      DetailNode("device area \(hexadecimal(queue.deviceArea))"),
    ]
    if queue.vector >= 0 {
      children.append(DetailNode(queue.vector == 0xffff ? "no vector" : "vector \(queue.vector)"))
    }
    children += state.totals.map { DetailNode($0) }
    let word = queue.isEnabled ? "enabled" : "not enabled"
    let size = queue.maxSize > queue.size ? "\(queue.size) of \(queue.maxSize)" : "\(queue.size)"
    return DetailNode(
      "queue \(queue.index): \(state.isPacked ? "packed" : "split") \(size), \(word), "
        + "\(queue.kicks) kicks, \(queue.interrupts) interrupts",
      key: "queue \(queue.index)", startsOpen: false, children)
  }
}
