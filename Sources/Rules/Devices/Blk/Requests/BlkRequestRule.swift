import Model

/// A statement about single requests of a driver to its block device.
///
/// A recording without the bytes of requests cannot decide it.
protocol BlkRequestRule: Rule {
  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement
}

extension BlkRequestRule {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestMade, let payload = session.told.payload,
      let request = BlockRequest(payload)
    else { return .silent }
    return Self.judge(request, step)
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) ? .undecidable(.payloadNotCaptured) : .silent
  }
}

extension Session {
  /// Chains were made available, and what they hold was never told to a rule with this tally.
  func hidesRequests(_ tally: Tally) -> Bool {
    guard tally.held == 0, tally.broken == 0 else { return false }
    return rings.contains { $0.totals.available > 0 }
  }
}

/// Data for a type of request goes in whole pieces of one size.
protocol BlkDataLength: BlkRequestRule {
  /// Bytes of a piece.
  static var piece: UInt64 { get }
  /// The bytes of data; nil for requests that it is not about.
  static func data(of request: BlockRequest) -> UInt64?
}

extension BlkDataLength {
  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement {
    guard let data = data(of: request) else { return .silent }
    guard data % piece != 0 else { return .held }
    return .broken(
      "driver makes a \(request.typeName) request of \(data) bytes of data available in queue"
        + " \(step.queue), no multiple of \(piece)")
  }
}
