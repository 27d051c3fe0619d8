/// The connections between sockets that a recording shows.
public struct SocketTable: Sendable {
  /// In the order of their first packets.
  public private(set) var connections: [SocketConnection] = []
  /// Packets of any kind.
  public private(set) var packets: UInt64 = 0
  /// Packets of another carrier than virtio, or without its header.
  public private(set) var packetsWithoutHeader: UInt64 = 0
  /// Packets of connections beyond the limit.
  public private(set) var packetsNotFollowed: UInt64 = 0
  /// Places of connections that are not over.
  private var places: [Key: Int] = [:]

  static var limit: Int { 4096 }

  public init() {}

  /// The two ends, whichever sends.
  private struct Key: Hashable {
    var low: SocketAddress
    var high: SocketAddress

    init(_ packet: SocketPacket) {
      let (a, b) = (packet.source, packet.destination)
      (low, high) = (a.cid, a.port) <= (b.cid, b.port) ? (a, b) : (b, a)
    }
  }

  /// A packet, and how its connection stands behind it.
  public struct Step: Sendable {
    public var packet: SocketPacket
    /// What the sender of data, or the receiver of anything else, may still send; nil where it is not
    /// known.
    public var room: Int64?
    /// Whom `room` is about.
    public var roomOf: SocketAddress
  }

  /// Takes a packet and follows its connection.
  mutating func take(_ packet: SocketPacket) -> Step {
    packets &+= 1
    let isData = packet.operation == .data
    var step = Step(
      packet: packet, room: nil, roomOf: isData ? packet.source : packet.destination)
    guard packet.hasHeader else {
      packetsWithoutHeader &+= 1
      return step
    }
    guard let place = place(of: packet) else {
      packetsNotFollowed &+= 1
      return step
    }
    connections[place].take(packet)
    // An RST ends what might still be sent.
    if !connections[place].isOver { step.room = connections[place].room(for: step.roomOf) }
    if connections[place].isOver { places[Key(packet)] = nil }
    return step
  }

  /// The connection that a packet goes on with; nil where it begins one, or none is followed.
  public func connection(of packet: SocketPacket) -> SocketConnection? {
    guard let place = places[Key(packet)] else { return nil }
    let isNew = packet.operation == .request && connections[place].state != .unknown
    return isNew ? nil : connections[place]
  }

  /// Takes in what another table has, as one that is only shown.
  mutating func add(_ other: SocketTable) {
    packets &+= other.packets
    packetsNotFollowed &+= other.packetsNotFollowed
    let room = max(0, Self.limit - connections.count)
    connections += other.connections.prefix(room)
  }

  /// The connection of a packet: a REQUEST begins one, and so does anything between ends that have
  /// none.
  private mutating func place(of packet: SocketPacket) -> Int? {
    let key = Key(packet)
    if let place = places[key] {
      let isNew = packet.operation == .request && connections[place].state != .unknown
      if !isNew { return place }
    }
    guard connections.count < Self.limit else { return nil }
    connections.append(SocketConnection(packet))
    places[key] = connections.count - 1
    return connections.count - 1
  }

  /// Packets were lost.
  mutating func lose() {
    for place in connections.indices { connections[place].loseCount() }
  }
}
