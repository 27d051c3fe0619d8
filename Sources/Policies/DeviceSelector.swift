import VirtioSpec

/// Which devices a part of a policy is about: a device type (`blk`), a transport (`pci`), a
/// transport and a type (`pci/blk`), or an id (`0000:00:03.0`) in which `*` stands for any text.
public struct DeviceSelector: Sendable, Hashable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// Whether the device is meant.
  public func matches(_ device: PolicyDevice) -> Bool {
    text == device.name || text == device.transport || text == "\(device.transport)/\(device.name)"
      || text == device.id || isID && Glob(text).matches(device.id)
  }

  /// Whether it is written like an id, of which there is no list.
  public var isID: Bool { text.contains { ":@.*".contains($0) } }

  /// The words that are no ids.
  public static let known: Set<String> = {
    let transports = TransportKind.allCases.map(\.name)
    let names = DeviceType.all.map(\.name) + ["unknown"]
    let pairs = transports.flatMap { transport in names.map { "\(transport)/\($0)" } }
    return Set(transports + names + pairs)
  }()
}

/// A device as a policy sees it.
public struct PolicyDevice: Sendable, Hashable {
  public var id: String
  /// Name of the device type, `unknown` where the recording does not tell.
  public var name: String
  /// Name of the transport.
  public var transport: String

  public init(id: String, name: String, transport: String) {
    self.id = id
    self.name = name
    self.transport = transport
  }
}
