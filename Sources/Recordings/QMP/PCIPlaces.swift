internal import Model

/// Where QEMU's devices sit on PCI.
///
/// QEMU's objects know their slot and their bus; the bus's number is the guest's, and stands in
/// `query-pci` with the bridge that leads to it.
struct PCIPlaces {
  /// A device's number within its bus: slot * 8 + function.
  private struct Place: Hashable {
    var bus: UInt64
    var number: UInt64
  }

  /// The bus behind each bridge.
  private var secondary: [Place: UInt64] = [:]
  private var rootCount = 0
  /// The numbers of buses by their object's path.
  private var buses: [String: UInt64] = [:]

  /// Buses inside each other.
  private static var depthLimit: Int { 16 }

  /// Takes the answer to `query-pci`.
  init(_ answer: JSONValue?) {
    for root in answer?.items ?? [] {
      rootCount += 1
      guard let bus = root.member("bus")?.integer else { continue }
      collect(root, bus: bus)
    }
  }

  private mutating func collect(_ holder: JSONValue, bus: UInt64) {
    for device in holder.member("devices")?.items ?? [] {
      guard let bridge = device.member("pci_bridge"), let slot = device.member("slot")?.integer,
        let function = device.member("function")?.integer, slot < 32, function < 8,
        let behind = bridge.member("bus")?.member("secondary")?.integer
      else { continue }
      secondary[Place(bus: bus, number: slot << 3 | function)] = behind
      // The reader of JSON bounds the depth.
      collect(bridge, bus: behind)
    }
  }

  /// The address of the PCI device that carries the virtio device at `path`; nil where there is
  /// none, or it is not told.
  mutating func name(
    of path: String, asking connection: inout QMPConnection
  ) throws(RecordingError) -> String? {
    guard let parent = Self.parent(of: path),
      let place = try place(of: parent, asking: &connection, depth: 0), place.bus < 256
    else { return nil }
    return Self.name(bus: place.bus, slot: place.number >> 3, function: place.number & 7)
  }

  /// A function as it is named in a report, in QEMU's one segment.
  static func name(bus: UInt64, slot: UInt64, function: UInt64) -> String {
    func hex(_ value: UInt64) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
    return "0000:\(hex(bus)):\(hex(slot)).\(function)"
  }

  private static func parent(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
    return String(path[..<slash])
  }

  private mutating func place(
    of device: String, asking connection: inout QMPConnection, depth: Int
  ) throws(RecordingError) -> Place? {
    guard depth < Self.depthLimit,
      let number = try connection.property("addr", of: device)?.integer, number < 256,
      let bus = try connection.property("parent_bus", of: device)?.text,
      let busNumber = try self.number(of: bus, asking: &connection, depth: depth)
    else { return nil }
    return Place(bus: busNumber, number: number)
  }

  private mutating func number(
    of bus: String, asking connection: inout QMPConnection, depth: Int
  ) throws(RecordingError) -> UInt64? {
    if let known = buses[bus] { return known }
    guard let bridge = Self.parent(of: bus) else { return nil }
    var number: UInt64?
    if let place = try place(of: bridge, asking: &connection, depth: depth + 1) {
      number = secondary[place]
    } else if rootCount == 1 {
      // No PCI device leads to it. With several such buses nothing tells which is which.
      number = 0
    }
    buses[bus] = number
    return number
  }
}
