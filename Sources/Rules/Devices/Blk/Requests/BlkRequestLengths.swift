import Model

/// Reads and writes are of whole sectors of 512 bytes.
///
/// Traps: of a zone append, whose answer has a sector behind the data, and of commands of SCSI this says
/// nothing.
///
/// Spec: 5.2.6.1
struct BlkReqLenMultiple512: BlkDataLength {
  static let id = "blk.req.len-multiple-512"
  static let piece: UInt64 = 512
  var tally = Tally()

  static func data(of request: BlockRequest) -> UInt64? {
    switch request.type {
    case 0: request.dataIn
    case 1: request.dataOut
    default: nil
    }
  }
}

/// Discards, secure erases and write zeroes are lists of segments of 16 bytes.
///
/// Spec: 5.2.6.1
struct BlkReqDWZLen: BlkDataLength {
  static let id = "blk.req.dwz-len"
  static let piece: UInt64 = 16
  var tally = Tally()

  static func data(of request: BlockRequest) -> UInt64? {
    [11, 13, 14].contains(request.type) ? request.dataOut : nil
  }
}

/// The name of a disk has 20 bytes.
///
/// Spec: 5.2.6.1
struct BlkReqGetIDLen: BlkRequestRule {
  static let id = "blk.req.get-id-len"
  var tally = Tally()

  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement {
    guard request.type == 8 else { return .silent }
    guard request.dataIn != 20 else { return .held }
    return .broken(
      "driver makes a VIRTIO_BLK_T_GET_ID request with room for \(request.dataIn) bytes of data"
        + " available in queue \(step.queue), not for 20")
  }
}

/// A flush has no data.
///
/// Spec: 5.2.6.1
struct BlkReqFlushNoData: BlkRequestRule {
  static let id = "blk.req.flush-no-data"
  var tally = Tally()

  static func judge(_ request: BlockRequest, _ step: Transaction) -> Judgement {
    guard request.type == 4 else { return .silent }
    let data = request.dataOut &+ request.dataIn
    guard data > 0 else { return .held }
    return .broken(
      "driver makes a VIRTIO_BLK_T_FLUSH request with \(data) bytes of data available in queue"
        + " \(step.queue)")
  }
}
