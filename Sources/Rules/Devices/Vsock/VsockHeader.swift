import Model

/// A packet has one of the operations that there are.
///
/// Trap: a later version may have more of them, so that only the invalid one is nobody's.
///
/// Spec: 5.10.6
struct VsockHdrOpKnown: Rule {
  static let id = "vsock.hdr.op-known"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let (packet, side) = session.toldPacket(step) else { return .silent }
    switch packet.operation.rawValue {
    case 1...7: return .held
    case 0:
      return .broken(
        "\(side) sends a packet with op 0 from \(packet.source) to \(packet.destination)")
    default: return .undecidable(.newerSpecification)
    }
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) && tally.reason == nil
      ? .undecidable(.payloadNotCaptured) : .silent
  }
}

/// The upper halves of both CIDs are zero.
///
/// Spec: 5.10.6
struct VsockAddrHdrUpperZero: Rule {
  static let id = "vsock.addr.hdr-upper-zero"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let (packet, side) = session.toldPacket(step) else { return .silent }
    guard (packet.source.cid | packet.destination.cid) >> 32 != 0 else { return .held }
    return .broken(
      "\(side) sends \(packet.operation) from CID \(hex(packet.source.cid)) to"
        + " \(hex(packet.destination.cid))")
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) ? .undecidable(.payloadNotCaptured) : .silent
  }
}

/// A packet has the bytes that its header counts.
///
/// Trap: the chain may have room for more.
///
/// Spec: 5.10.6
struct VsockHdrLenFits: Rule {
  static let id = "vsock.hdr.len-fits"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let (packet, side) = session.toldPacket(step), let payload = session.told.payload else {
      return .silent
    }
    let all = side == "driver" ? payload.request.length : payload.usedLength.map(UInt64.init)
    guard let all else { return .undecidable(.causeNotRecorded) }
    let behind = all > 44 ? all - 44 : 0
    guard UInt64(packet.length) > behind else { return .held }
    return .broken(
      "\(side) sends \(packet.operation) with len \(packet.length) and \(behind) bytes behind the"
        + " header")
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) && tally.reason == nil
      ? .undecidable(.payloadNotCaptured) : .silent
  }
}

extension Session {
  /// The packet that a step tells of, and which side sends it.
  fileprivate func toldPacket(_ step: Transaction) -> (SocketPacket, side: String)? {
    guard let payload = told.payload, let packet = SocketPacket(payload, at: step.reference) else {
      return nil
    }
    switch (payload.content, step.kind) {
    case (.socketTransmit, .requestMade): return (packet, "driver")
    case (.socketReceive, .requestAnswered): return (packet, "device")
    default: return nil
    }
  }
}
