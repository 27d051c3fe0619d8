import Model

/// A statement about the packets of one side of a socket device.
///
/// A recording without the bytes of packets cannot decide it.
protocol VsockPacketRule: Rule {
  /// Packets in tx, which the driver sends; else those in rx.
  static var isOfDriver: Bool { get }
  mutating func judge(_ packet: SocketPacket, _ step: Transaction, in session: Session) -> Judgement
}

extension VsockPacketRule {
  static var side: String { isOfDriver ? "driver" : "device" }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let payload = session.told.payload,
      payload.content == (Self.isOfDriver ? .socketTransmit : .socketReceive),
      step.kind == (Self.isOfDriver ? .requestMade : .requestAnswered),
      let packet = SocketPacket(payload, at: step.reference)
    else { return .silent }
    return judge(packet, step, in: session)
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) && tally.reason == nil
      ? .undecidable(.payloadNotCaptured) : .silent
  }
}

/// A statement about the packets of a connection that is known from its REQUEST on.
protocol VsockConnectionRule: VsockPacketRule {
  /// Whether it says anything of packets with this operation.
  static func concerns(_ packet: SocketPacket) -> Bool
  static func judge(
    _ packet: SocketPacket, _ connection: SocketConnection, _ step: Transaction
  ) -> Judgement
}

extension VsockConnectionRule {
  mutating func judge(_ packet: SocketPacket, _ step: Transaction, in session: Session) -> Judgement
  {
    guard Self.concerns(packet) else { return .silent }
    guard session.knowsSockets(before: step) else { return .undecidable(.ringHistoryNotWhole) }
    guard let connection = session.sockets?.table.connection(of: packet) else { return .silent }
    guard connection.isCounted else { return .undecidable(.startsMidLife) }
    return Self.judge(packet, connection, step)
  }
}

/// Data goes only where there is room for it.
protocol VsockRoomRule: VsockConnectionRule {}

extension VsockRoomRule {
  static func concerns(_ packet: SocketPacket) -> Bool { packet.operation == .data }

  static func judge(
    _ packet: SocketPacket, _ connection: SocketConnection, _ step: Transaction
  ) -> Judgement {
    guard let excess = connection.excess(of: packet) else { return .silent }
    guard excess > 0 else { return .held }
    return .broken(
      "\(side) sends \(packet.length) bytes from \(packet.source) to \(packet.destination), \(excess)"
        + " more than there is room for by buf_alloc and fwd_cnt of the other end",
      Evidence(connection.firstRecord, "the connection begins"))
  }
}

/// The count of bytes taken neither goes back nor beyond what was sent.
protocol VsockCountRule: VsockConnectionRule {}

extension VsockCountRule {
  // An RST may answer what there is no connection for, with zeros.
  static func concerns(_ packet: SocketPacket) -> Bool {
    packet.operation != .reset && packet.operation != .request
  }

  static func judge(
    _ packet: SocketPacket, _ connection: SocketConnection, _ step: Transaction
  ) -> Judgement {
    let sender = "\(side) sends \(packet.operation) from \(packet.source) to \(packet.destination)"
    let evidence = Evidence(connection.firstRecord, "the connection begins")
    return switch connection.countFault(of: packet) {
    case nil: .held
    case .backward(let old):
      .broken("\(sender) with fwd_cnt \(packet.forwardedCount) after \(old)", evidence)
    case .beyond(let sent):
      .broken(
        "\(sender) with fwd_cnt \(packet.forwardedCount), and the other end sent \(sent) bytes",
        evidence)
    }
  }
}
