/// A command to a network device: class, command and data for the device to read; behind them it writes
/// how the command went.
///
/// Spec: 5.1.6.5, Control Virtqueue
public struct NetControlCommand: Sendable, BitwiseCopyable {
  /// VIRTIO_NET_CTRL_*: the class.
  public var group: UInt8
  /// The command within its class.
  public var command: UInt8
  /// Bytes of the chain for the device to read, class and command among them, and to write.
  public var readable: UInt64
  public var writable: UInt64
  private let request: PayloadHead

  /// Fails where class or command are not known, or the driver gave less.
  public init?(_ payload: ToldPayload) {
    guard payload.content == .netControl, let group = payload.request.number(at: 0, width: 1),
      let command = payload.request.number(at: 1, width: 1)
    else { return nil }
    self.group = UInt8(truncatingIfNeeded: group)
    self.command = UInt8(truncatingIfNeeded: command)
    readable = payload.request.length
    writable = payload.answer.length
    request = payload.request
  }

  /// Bytes of the data of the command.
  public var dataLength: UInt64 { readable > 2 ? readable - 2 : 0 }

  /// The number of `width` bytes at `offset` of the data; nil where one of them is not known.
  public func number(at offset: Int, width: Int) -> UInt64? {
    request.number(at: 2 + offset, width: width)
  }

  public func isClass(_ group: UInt8, _ commands: ClosedRange<UInt8>) -> Bool {
    self.group == group && commands.contains(command)
  }

  /// What the specification says of the command; nil where it has none of that class and number.
  private var row: Row? { Self.rows.first { $0.group == group && $0.command == command } }

  /// `MQ_VQ_PAIRS_SET`; empty where the specification has none.
  public var shortName: String { row?.name ?? "" }

  /// `VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET`, or the numbers where the specification has none.
  public var name: String {
    row.map { "VIRTIO_NET_CTRL_" + $0.name } ?? "command \(command) of class \(group)"
  }

  /// Bytes that the data has by the specification; nil where that is not always the same.
  public var fixedLength: UInt64? { row?.length }

  private struct Row {
    var group: UInt8
    var command: UInt8
    var name: String
    var length: UInt64?

    init(_ group: UInt8, _ command: UInt8, _ name: String, _ length: UInt64? = nil) {
      self.group = group
      self.command = command
      self.name = name
      self.length = length
    }
  }

  private static let rows: [Row] = [
    Row(0, 0, "RX_PROMISC", 1), Row(0, 1, "RX_ALLMULTI", 1), Row(0, 2, "RX_ALLUNI", 1),
    Row(0, 3, "RX_NOMULTI", 1), Row(0, 4, "RX_NOUNI", 1), Row(0, 5, "RX_NOBCAST", 1),
    Row(1, 0, "MAC_TABLE_SET"), Row(1, 1, "MAC_ADDR_SET", 6),
    Row(2, 0, "VLAN_ADD", 2), Row(2, 1, "VLAN_DEL", 2),
    Row(3, 0, "ANNOUNCE_ACK", 0),
    Row(4, 0, "MQ_VQ_PAIRS_SET", 2), Row(4, 1, "MQ_RSS_CONFIG"), Row(4, 2, "MQ_HASH_CONFIG"),
    Row(5, 0, "GUEST_OFFLOADS_SET", 8),
    Row(6, 0, "NOTF_COAL_TX_SET", 8), Row(6, 1, "NOTF_COAL_RX_SET", 8),
    // Of the structure of VQ_GET the device writes the second half, where that lies the text leaves open.
    Row(6, 2, "NOTF_COAL_VQ_SET", 12), Row(6, 3, "NOTF_COAL_VQ_GET"),
    Row(7, 0, "HASH_TUNNEL_SET"),
    Row(8, 0, "STATS_QUERY"), Row(8, 1, "STATS_GET"),
  ]

  /// What it asks for, with the number where it is one: `MQ_VQ_PAIRS_SET 4`.
  var meaning: String {
    guard let row else { return "" }
    guard let length = row.length, [1, 2].contains(length),
      let value = number(at: 0, width: Int(length))
    else { return row.name }
    return "\(row.name) \(value)"
  }
}
