import Model
import VirtioSpec

/// VQ_PAIRS_SET asks for one pair of queues at least, and no more than the device has.
///
/// Traps: the number that the device has counts where the driver read it, and only through the modern
/// interface is its byte order certain.
///
/// Spec: 5.1.6.5.5
struct NetMQPairsRange: NetCommandRule {
  static let id = "net.mq.pairs-range"
  private static let field = ConfigSpan(.net, "max_virtqueue_pairs")
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(4, 0...0), let pairs = command.number(at: 0, width: 2) else {
      return .silent
    }
    guard pairs > 0 else {
      return .broken(
        "driver makes \(command.name) of 0 pairs of queues available in queue \(step.queue)")
    }
    guard session.isModern, let limit = session.lastRead(field) else { return .silent }
    guard pairs > limit else { return .held }
    return .broken(
      "driver makes \(command.name) of \(pairs) pairs of queues available in queue \(step.queue),"
        + " more than max_virtqueue_pairs, \(limit)")
  }
}

/// GUEST_OFFLOADS_SET enables only what was negotiated.
///
/// Trap: the bits of tunnels are 46 and 47 in the command, and their features 65 and 66.
///
/// Spec: 5.1.6.5.8.1
struct NetOffloadsNegotiatedOnly: NetCommandRule {
  static let id = "net.offloads.negotiated-only"
  private static let bits = [1, 7, 8, 9, 10, 46, 47, 54, 55]
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(5, 0...0), let mask = command.number(at: 0, width: 8) else {
      return .silent
    }
    let missing = bits.filter { mask >> UInt64($0) & 1 == 1 }
      .map { $0 == 46 || $0 == 47 ? $0 + 19 : $0 }
      .first { session.hasNotNegotiated($0) }
    guard let missing else { return .held }
    return .broken(
      "driver makes \(command.name) available in queue \(step.queue) that enables"
        + " \(session.featureName(missing)), which was not negotiated",
      session.acceptanceEvidence(missing))
  }
}

/// The data of GUEST_OFFLOADS_SET is one number of 64 bits.
///
/// Spec: 5.1.6.5.8.1
struct NetOffloadsDataLen: NetCommandRule {
  static let id = "net.offloads.data-len"
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(5, 0...0) else { return .silent }
    guard command.dataLength != 8 else { return .held }
    return .broken(
      "driver makes \(command.name) of \(command.dataLength) bytes of data available in queue"
        + " \(step.queue), not of 8")
  }
}

/// MAC_TABLE_SET is a table of unicast addresses and one of multicast addresses, each behind its
/// number.
///
/// Trap: either may be empty.
///
/// Spec: 5.1.6.5.2
struct NetMacTableFormat: NetCommandRule {
  static let id = "net.mac.table-format"
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(1, 0...0), let first = command.number(at: 0, width: 4) else {
      return .silent
    }
    let deed = "driver makes \(command.name) available in queue \(step.queue)"
    let length = command.dataLength
    let least = 8 + 6 * first
    guard length >= least else {
      return .broken("\(deed) of \(length) bytes of data, too few for \(first) unicast addresses")
    }
    for place in 0..<min(Int(first), 10) {
      guard let byte = command.number(at: 4 + 6 * place, width: 1) else { break }
      if byte & 1 == 1 {
        return .broken("\(deed) with a multicast address among the unicast ones")
      }
    }
    guard first < 10, let second = command.number(at: Int(least) - 4, width: 4) else {
      return .silent
    }
    guard length == least + 6 * second else {
      return .broken(
        "\(deed) of \(length) bytes of data, not the \(least + 6 * second) of \(first) unicast and"
          + " \(second) multicast addresses")
    }
    for place in 0..<min(Int(second), 10) {
      guard let byte = command.number(at: Int(least) + 6 * place, width: 1) else { break }
      if byte & 1 == 0 {
        return .broken("\(deed) with a unicast address among the multicast ones")
      }
    }
    return .held
  }
}

/// The number of entries in the table of RSS_CONFIG is a power of two.
///
/// Spec: 5.1.6.5.6.1
struct NetRSSTablePow2: NetCommandRule {
  static let id = "net.rss.table-pow2"
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(4, 1...1), let mask = command.number(at: 4, width: 2) else {
      return .silent
    }
    guard (mask + 1) & mask != 0 else { return .held }
    return .broken(
      "driver makes \(command.name) with indirection_table_mask \(hex(mask)) available in queue"
        + " \(step.queue), which gives \(mask + 1) entries, no power of two")
  }
}

/// RSS_CONFIG names only kinds of hashes that the device has.
///
/// Trap: what the device has counts where the driver read it.
///
/// Spec: 5.1.6.5.6.1
struct NetRSSHashTypesSupported: NetCommandRule {
  static let id = "net.rss.hash-types-supported"
  private static let field = ConfigSpan(.net, "supported_hash_types")
  var tally = Tally()

  static func judge(
    _ command: NetControlCommand, _ step: Transaction, _ session: Session
  ) -> Judgement {
    guard command.isClass(4, 1...1), let types = command.number(at: 0, width: 4),
      let supported = session.lastRead(field)
    else { return .silent }
    guard types & ~supported != 0 else { return .held }
    return .broken(
      "driver makes \(command.name) with hash_types \(hex(types)) available in queue"
        + " \(step.queue), where supported_hash_types is \(hex(supported))")
  }
}

/// The data of a command has the length that the command asks for, and there is room for the ack.
///
/// Traps: a command that the specification does not know has a layout of its own; some commands have no
/// fixed length.
///
/// Spec: 5.1.6.5
struct NetCtrlShape: Rule {
  static let id = "net.ctrl.shape"
  static let coveredBy = ["net.offloads.data-len"]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestMade, let payload = session.told.payload,
      payload.content == .netControl
    else { return .silent }
    let chain = "available in queue \(step.queue)"
    guard payload.answer.length > 0 else {
      return .broken("driver makes a command without room for its ack \(chain)")
    }
    guard payload.request.length >= 2 else {
      return .broken("driver makes a command of \(payload.request.length) byte \(chain)")
    }
    guard let command = NetControlCommand(payload), let length = command.fixedLength else {
      return .silent
    }
    guard command.dataLength != length else { return .held }
    return .broken(
      "driver makes \(command.name) of \(command.dataLength) bytes of data \(chain), not of \(length)"
    )
  }
}

/// The ack of a command is 0 or 1.
///
/// Traps: drivers put another number there before, so that only what the device wrote counts; behind the
/// ack of some commands there is a result.
///
/// Spec: 5.1.6.5
struct NetCtrlAckValue: Rule {
  static let id = "net.ctrl.ack-value"
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .requestAnswered, let payload = session.told.payload,
      payload.content == .netControl, payload.answer.length == 1, let ack = payload.answer.last
    else { return .silent }
    guard ack > 1 else { return .held }
    return .broken(
      "device answers command \(step.value) of queue \(step.queue) with ack \(ack), which is"
        + " neither 0 nor 1")
  }
}
