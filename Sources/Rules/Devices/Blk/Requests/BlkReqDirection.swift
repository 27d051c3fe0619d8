import Model

/// The device reads the header and what is to be written, and writes what is to be read and, behind it,
/// the status.
///
/// Trap: how the parts are cut into descriptors is the driver's affair.
///
/// Spec: 5.2.6
struct BlkReqDirection: Rule {
  static let id = "blk.req.direction"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestMade, let payload = session.told.payload,
      payload.content == .block
    else { return .silent }
    let chain = "available in queue \(step.queue)"
    if payload.request.length < BlockRequest.headerLength {
      return .broken(
        "driver makes a request with \(payload.request.length) bytes for the device to read \(chain),"
          + " fewer than the header has")
    }
    guard payload.answer.length > 0 else {
      return .broken("driver makes a request without room for the status \(chain)")
    }
    guard let request = BlockRequest(payload) else { return .silent }
    if request.type == 0, request.dataIn == 0, request.dataOut > 0 {
      return .broken(
        "driver makes a VIRTIO_BLK_T_IN request \(chain) whose data is for the device to read")
    }
    if request.type == 1, request.dataOut == 0, request.dataIn > 0 {
      return .broken(
        "driver makes a VIRTIO_BLK_T_OUT request \(chain) whose data is for the device to write")
    }
    return .held
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    session.hidesRequests(tally) ? .undecidable(.payloadNotCaptured) : .silent
  }
}
