public import Model

/// One packet between sockets a line, beside those of `TransactionLine`: record, time since the first
/// one, who to whom, what, and after `;` how much payload the sender of data, or the peer of anything
/// else, may still send.
public struct SocketLine: Sendable {
  private let start: Int64

  /// `start` is the time from which the times are counted.
  public init(start: Int64) { self.start = start }

  public func text(_ step: SocketTable.Step) -> String {
    let packet = step.packet
    var line = aligned("\(packet.reference.record)", 8) + " "
    line += aligned(seconds(packet.reference.time &- start), 14) + " "
    line += "vsock \(packet.source) → \(packet.destination) " + packet.text
    if let room = step.room {
      let isSender = step.roomOf == packet.source
      line += " ; " + (isSender ? "" : "peer ") + Self.shortText(room: room)
    }
    return line
  }

  private static func shortText(room: Int64) -> String {
    room < 0 ? "sent \(-room) too many" : "may send \(room)"
  }

  /// What may still be sent, in words.
  static func text(room: Int64) -> String {
    room < 0
      ? "sent \(counted(-room, "byte")) more than there was room for"
      : "may send \(counted(room, "byte"))"
  }
}

extension SocketPacket {
  /// The operation with what its header tells: `RW 5 bytes buf_alloc=262144 fwd_cnt=0`.
  public var text: String {
    guard hasHeader else { return "\(eventName) (transport \(transport))" }
    var words = operation.description
    if operation == .request || type != 1 { words += " \(typeName)" }
    if operation == .data || length > 0 { words += " \(counted(length, "byte"))" }
    let names = flagNames
    if !names.isEmpty { words += " " + names.joined(separator: "|") }
    words += " buf_alloc=\(bufferSpace) fwd_cnt=\(forwardedCount)"
    if contradicts { words += " other-addresses" }
    return words
  }

  /// The flags that its operation has, by their names in the specification.
  var flagNames: [String] {
    let names: [String]
    switch operation {
    case .shutdown: names = ["RECEIVE", "SEND"]
    case .data where type == 2: names = ["EOM", "EOR"]
    default: names = []
    }
    return (0..<32).compactMap { bit in
      guard flags >> UInt32(bit) & 1 == 1 else { return nil }
      return names.indices.contains(bit) ? names[bit] : "flag \(bit)"
    }
  }
}
