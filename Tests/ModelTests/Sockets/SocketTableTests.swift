import Testing

@testable import Model

/// Connections of sockets and their credit.
///
/// Spec: 5.10.6.3, Buffer Space Management; 5.10.6.5, Stream Sockets.
@Suite struct SocketTableTests {
  private static let guest = SocketAddress(cid: 3, port: 1024)
  private static let host = SocketAddress(cid: 2, port: 5000)

  private static func packet(
    _ operation: SocketOperation, from source: SocketAddress = guest,
    to destination: SocketAddress = host, length: UInt32 = 0, space: UInt32 = 1000,
    taken: UInt32 = 0, flags: UInt32 = 0, record: UInt64 = 1
  ) -> SocketPacket {
    var bytes = [UInt8](repeating: 0, count: 76)
    bytes[26] = 2
    bytes[28] = 44
    var packet = SocketPacket(
      bytes.span.bytes, at: RecordReference(record: record, time: 0, location: 0))!
    packet.source = source
    packet.destination = destination
    packet.operation = operation
    packet.type = 1
    packet.length = length
    packet.bufferSpace = space
    packet.forwardedCount = taken
    packet.flags = flags
    return packet
  }

  /// An established connection: the guest's buffer has 500 bytes, the host's 1000.
  private static func established() -> SocketTable {
    var table = SocketTable()
    _ = table.take(packet(.request, space: 500))
    _ = table.take(packet(.response, from: host, to: guest))
    return table
  }

  @Test func credit() {
    var table = Self.established()
    // 1000 - (400 - 0)
    #expect(table.take(Self.packet(.data, length: 400, space: 500)).room == 600)
    // The host took 300 of them: 1000 - (400 - 300).
    let update = table.take(Self.packet(.creditUpdate, from: Self.host, to: Self.guest, taken: 300))
    #expect(update.room == 900 && update.roomOf == Self.guest)
    // Its buffer becomes smaller: 200 - (400 - 300).
    let less = table.take(
      Self.packet(.creditUpdate, from: Self.host, to: Self.guest, space: 200, taken: 300))
    #expect(less.room == 100)
    #expect(table.take(Self.packet(.data, length: 100, space: 500, record: 6)).room == 0)
    #expect(table.connections[0].first.overruns == 0)
    #expect(table.take(Self.packet(.data, length: 1, space: 500, record: 7)).room == -1)
    #expect(table.connections[0].first.overruns == 1)
    #expect(table.connections[0].first.firstOverrun.record == 7)
    // The other way has its own account: 500 - 20.
    let back = table.take(Self.packet(.data, from: Self.host, to: Self.guest, length: 20))
    #expect(back.room == 480 && back.roomOf == Self.host)
  }

  /// The counters run freely over 32 bits.
  @Test func countersRunOver() {
    var table = Self.established()
    var taken: UInt32 = 0
    for _ in 0..<5 {
      _ = table.take(
        Self.packet(.creditUpdate, from: Self.host, to: Self.guest, space: .max, taken: taken))
      let step = table.take(Self.packet(.data, length: 0x4000_0000, space: 500))
      #expect(step.room == Int64(UInt32.max) - 0x4000_0000)
      taken &+= 0x4000_0000
    }
    #expect(table.connections[0].first.bytes == 5 * 0x4000_0000)
  }

  @Test func states() {
    var table = SocketTable()
    func state() -> SocketConnection.State? { table.connections.last?.state }
    _ = table.take(Self.packet(.request))
    #expect(state() == .requested)
    _ = table.take(Self.packet(.reset, from: Self.host, to: Self.guest, space: 0))
    #expect(state() == .refused)
    _ = table.take(Self.packet(.request))
    #expect(table.connections.count == 2 && state() == .requested)
    _ = table.take(Self.packet(.response, from: Self.host, to: Self.guest))
    #expect(state() == .established)
    _ = table.take(Self.packet(.shutdown, flags: 2))
    _ = table.take(Self.packet(.shutdown, flags: 1))
    #expect(state() == .closing)
    #expect(table.connections[1].first.sendsNoMore && table.connections[1].first.receivesNoMore)
    #expect(table.take(Self.packet(.reset, from: Self.host, to: Self.guest)).room == nil)
    #expect(state() == .closed)
    // The tuple is free for the next connection.
    _ = table.take(Self.packet(.request))
    #expect(table.connections.count == 3 && state() == .requested)
  }

  /// Where the beginning was not recorded, or packets were lost, nothing is said of credit.
  @Test func whatIsNotKnown() {
    var table = SocketTable()
    #expect(table.take(Self.packet(.creditUpdate, from: Self.host, to: Self.guest)).room == nil)
    #expect(table.take(Self.packet(.data, length: 5000)).room == nil)
    #expect(table.connections[0].state == .unknown && table.connections[0].first.overruns == 0)
    var lossy = Self.established()
    lossy.lose()
    #expect(lossy.take(Self.packet(.data, length: 5000)).room == nil)
    #expect(lossy.connections[0].first.overruns == 0 && lossy.connections[0].second.overruns == 0)
  }

  @Test func aLimit() {
    var table = SocketTable()
    for port in 0..<10_000 as Range<UInt32> {
      let source = SocketAddress(cid: 3, port: port)
      _ = table.take(Self.packet(.request, from: source))
    }
    #expect(table.connections.count == SocketTable.limit)
    #expect(table.packetsNotFollowed == UInt64(10_000 - SocketTable.limit))
  }
}
