import VirtioSpec

/// What a request or an answer comes to, for a person.
extension ToldPayload {
  /// Empty where the words say it all.
  public func meaning(isAnswer: Bool) -> String {
    switch content {
    case .block:
      if isAnswer { return Self.name(answer.last.map(UInt64.init), in: Self.blockStatus) }
      return Self.name(request.number(at: 0, width: 4), in: Self.blockTypes)
    case .netControl:
      if isAnswer { return Self.name(answer.last.map(UInt64.init), in: [0: "OK", 1: "ERR"]) }
      return NetControlCommand(self)?.meaning ?? ""
    case .netTransmit, .netReceive: return packetMeaning(isAnswer: isAnswer)
    default: return ""
    }
  }

  private static func name(_ number: UInt64?, in names: [UInt64: String]) -> String {
    number.flatMap { names[$0] } ?? ""
  }

  /// Spec: 5.2.6, VIRTIO_BLK_T_*.
  static let blockTypes: [UInt64: String] = [
    0: "IN", 1: "OUT", 2: "SCSI_CMD", 3: "SCSI_CMD_OUT", 4: "FLUSH", 8: "GET_ID",
    10: "GET_LIFETIME", 11: "DISCARD", 13: "WRITE_ZEROES", 14: "SECURE_ERASE",
    15: "ZONE_APPEND", 16: "ZONE_REPORT", 18: "ZONE_OPEN", 20: "ZONE_CLOSE", 22: "ZONE_FINISH",
    24: "ZONE_RESET", 26: "ZONE_RESET_ALL",
  ]

  /// Spec: 5.2.6, VIRTIO_BLK_S_*.
  private static let blockStatus: [UInt64: String] = [
    0: "OK", 1: "IOERR", 2: "UNSUPP", 3: "ZONE_INVALID_CMD", 4: "ZONE_UNALIGNED_WP",
    5: "ZONE_OPEN_RESOURCE", 6: "ZONE_ACTIVE_RESOURCE",
  ]
}
