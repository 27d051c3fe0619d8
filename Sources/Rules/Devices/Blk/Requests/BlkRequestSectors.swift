import Model

/// A flush names no sector.
///
/// Spec: 5.2.6.1
struct BlkReqFlushSectorZero: BlkRequestRule {
  static let id = "blk.req.flush-sector-zero"
  var tally = Tally()

  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement {
    guard request.type == 4 else { return .silent }
    guard request.sector != 0 else { return .held }
    return .broken(
      "driver makes a VIRTIO_BLK_T_FLUSH request of sector \(request.sector) available in queue"
        + " \(step.queue)")
  }
}

/// What has no use for a sector names none.
///
/// Spec: 5.2.6
struct BlkReqSectorZeroUnused: BlkRequestRule {
  static let id = "blk.req.sector-zero-unused"
  var tally = Tally()

  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement {
    guard [8, 10, 11, 13, 14].contains(request.type) else { return .silent }
    guard request.sector != 0 else { return .held }
    return .broken(
      "driver makes a \(request.typeName) request of sector \(request.sector) available in queue"
        + " \(step.queue)")
  }
}
