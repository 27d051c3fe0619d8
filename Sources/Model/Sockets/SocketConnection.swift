/// A connection between two sockets, as far as monitoring showed it.
public struct SocketConnection: Sendable {
  /// One of its two ends.
  public struct End: Sendable {
    public var address: SocketAddress
    /// Packets that it sent, and bytes of payload in them.
    public var packets: UInt64 = 0
    public var bytes: UInt64 = 0
    /// The receive buffer that it told of last, and how much it had taken out of it.
    public var bufferSpace: UInt32?
    public var forwardedCount: UInt32?
    /// The largest receive buffer that it ever told of.
    public var largestSpace: UInt32?
    /// What it said of its end: it receives no more, it sends no more.
    public var receivesNoMore = false
    public var sendsNoMore = false
    /// Packets that were more than the other end's last word allowed, and the first of them.
    public var overruns: UInt64 = 0
    public var firstOverrun = RecordReference.none

    init(_ address: SocketAddress) { self.address = address }
  }

  /// How far it is.
  public enum State: String, Sendable {
    /// The recording does not show how it began.
    case unknown
    case requested
    case established
    /// One end sends or receives no more.
    case closing
    /// RST came instead of a RESPONSE.
    case refused
    /// RST came.
    case closed
  }

  /// Stream 1, seqpacket 2.
  public var type: UInt16
  public internal(set) var state = State.unknown
  /// The end that asked for it, or that sent the first packet.
  public internal(set) var first: End
  public internal(set) var second: End
  public internal(set) var firstRecord: RecordReference
  public internal(set) var lastRecord: RecordReference
  /// It was followed from its REQUEST on, and no packet was lost since: what each end sent is known.
  public internal(set) var isCounted = false

  init(_ packet: SocketPacket) {
    type = packet.type
    first = End(packet.source)
    second = End(packet.destination)
    firstRecord = packet.reference
    lastRecord = packet.reference
  }

  /// Whether nothing more belongs to it.
  var isOver: Bool { state == .closed || state == .refused }

  /// How much more payload the end may send that is named `address`: what the other one's buffer takes
  /// beyond what is on its way. Negative where more was sent. Nil where it is not known.
  ///
  /// Spec: 5.10.6.3, Buffer Space Management.
  public func room(for address: SocketAddress) -> Int64? {
    let (sender, receiver) = first.address == address ? (first, second) : (second, first)
    guard isCounted, let space = receiver.bufferSpace, let taken = receiver.forwardedCount else {
      return nil
    }
    let sent = UInt32(truncatingIfNeeded: sender.bytes)
    return Int64(space) - Int64(Int32(bitPattern: sent &- taken))
  }

  /// By how many bytes a packet of data is more than the other end ever had room for; 0 where it is not,
  /// nil where that is not known.
  ///
  /// The sender may not have seen the other end's last word yet: one of a smaller buffer does not count.
  public func excess(of packet: SocketPacket) -> UInt32? {
    let (sender, receiver) = ends(of: packet)
    guard isCounted, let space = receiver.largestSpace, let taken = receiver.forwardedCount else {
      return nil
    }
    let sent = UInt32(truncatingIfNeeded: sender.bytes)
    let pending = Int64(Int32(bitPattern: sent &- taken)) + Int64(packet.length)
    return UInt32(clamping: pending - Int64(space))
  }

  /// What is wrong with the count of bytes that a packet says its sender took.
  public enum CountFault: Sendable, Equatable {
    /// It is less than the count before, which is given.
    case backward(UInt32)
    /// It is more than the other end sent, which is given.
    case beyond(UInt32)
  }

  /// The fault of a packet's count; nil where there is none, or where it is not known.
  public func countFault(of packet: SocketPacket) -> CountFault? {
    let (sender, receiver) = ends(of: packet)
    guard isCounted else { return nil }
    if let old = sender.forwardedCount, Int32(bitPattern: packet.forwardedCount &- old) < 0 {
      return .backward(old)
    }
    let sent = UInt32(truncatingIfNeeded: receiver.bytes)
    return Int32(bitPattern: sent &- packet.forwardedCount) < 0 ? .beyond(sent) : nil
  }

  /// Sender and receiver of a packet.
  private func ends(of packet: SocketPacket) -> (End, End) {
    first.address == packet.source ? (first, second) : (second, first)
  }

  /// Takes a packet of the connection.
  mutating func take(_ packet: SocketPacket) {
    lastRecord = packet.reference
    if first.address == packet.source {
      Self.note(packet, &first)
    } else {
      Self.note(packet, &second)
    }
    switch packet.operation {
    case .request:
      state = .requested
      isCounted = true
    case .response where state == .requested: state = .established
    case .shutdown where state != .refused: state = .closing
    case .reset: state = state == .requested ? .refused : .closed
    default: break
    }
    guard packet.operation == .data, let room = room(for: packet.source), room < 0 else { return }
    if first.address == packet.source {
      Self.noteOverrun(packet, &first)
    } else {
      Self.noteOverrun(packet, &second)
    }
  }

  /// Packets were lost: what was sent is not known from here on.
  mutating func loseCount() { isCounted = false }

  private static func note(_ packet: SocketPacket, _ end: inout End) {
    end.packets &+= 1
    // An RST may answer what there is no connection for, and then tells nothing of a buffer.
    if packet.operation != .reset {
      end.bufferSpace = packet.bufferSpace
      end.largestSpace = max(end.largestSpace ?? 0, packet.bufferSpace)
      end.forwardedCount = packet.forwardedCount
    }
    if packet.operation == .data { end.bytes &+= UInt64(packet.length) }
    if packet.operation == .shutdown {
      end.receivesNoMore = end.receivesNoMore || packet.flags & 1 != 0
      end.sendsNoMore = end.sendsNoMore || packet.flags & 2 != 0
    }
  }

  private static func noteOverrun(_ packet: SocketPacket, _ end: inout End) {
    if end.overruns == 0 { end.firstOverrun = packet.reference }
    end.overruns &+= 1
  }
}
