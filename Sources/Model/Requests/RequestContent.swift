import VirtioSpec

/// What the chains of a queue carry, where their bytes are decoded.
///
/// Spec: "Device Operation" in the section of each device type.
public enum RequestContent: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  /// Requests of a block device. Spec: 5.2.6.
  case block
  /// Packets of a network device, header first. Spec: 5.1.6.
  case netReceive
  case netTransmit
  /// Commands of a network device's controlq. Spec: 5.1.6.5.
  case netControl
  /// Packets of a socket device. Spec: 5.10.6.
  case socketReceive
  case socketTransmit

  /// The driver fills the chains with what it wants done; else it only makes room in them.
  public var isAsked: Bool { self != .netReceive && self != .socketReceive }

  /// What virtqueue `index` of a session's device carries; nil where nobody looks at it, or where it
  /// depends on what the recording does not show.
  public init?(of index: Int32, in session: Session) {
    guard case .named(let name) = session.virtqueueName(index) else { return nil }
    guard let type = session.profile.type else { return nil }
    switch type {
    case .blk: self = .block
    case .net where name == "controlq": self = .netControl
    case .net where name.hasPrefix("receiveq"): self = .netReceive
    case .net where name.hasPrefix("transmitq"): self = .netTransmit
    case .vsock where name == "rx": self = .socketReceive
    case .vsock where name == "tx": self = .socketTransmit
    default: return nil
    }
  }
}
