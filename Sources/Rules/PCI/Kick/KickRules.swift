import Model
import VirtioSpec

/// How wide a notification is: a row of a table, with and without NOTIFICATION_DATA.
protocol KickWidthRow: Sendable {
  static var id: String { get }
  static var isForData: Bool { get }
}

/// The rule of a row.
///
/// Traps: the legacy register has a rule of its own; a recorder that does not tell the width.
///
/// Spec: 4.1.5.2.1
struct KickWidthRule<Row: KickWidthRow>: Rule {
  static var id: String { Row.id }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick, session.isCommon(step), step.width > 0,
      session.accepted.contains(38) == Row.isForData
    else { return .silent }
    let need = Row.isForData ? 4 : 2
    guard Int(step.width) != need else { return .held }
    return .broken(
      "driver notifies with an access of \(bits(Int(step.width))) instead of \(bits(need)), "
        + "\(session.featureName(38)) \(Row.isForData ? "accepted" : "not accepted")")
  }
}

enum KickWidth16: KickWidthRow {
  static let id = "pci.kick.width-16"
  static let isForData = false
}

enum KickWidth32: KickWidthRow {
  static let id = "pci.kick.width-32"
  static let isForData = true
}

/// What a notification says: a row of a table, by the two features that decide.
protocol KickValueRow: Sendable {
  static var id: String { get }
  /// NOTIFICATION_DATA is accepted.
  static var hasData: Bool { get }
  /// NOTIF_CONFIG_DATA is accepted.
  static var hasConfigData: Bool { get }
}

/// The rule of a row.
///
/// Traps: with multiplier 0 all queues have one place, which then says nothing of the queue; the
/// device's value was not read.
///
/// Spec: 4.1.5.2.1
struct KickValueRule<Row: KickValueRow>: Rule {
  static var id: String { Row.id }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .kick, session.isCommon(step), step.hasValue,
      !step.traits.contains(.fromHostLog),
      session.accepted.contains(38) == Row.hasData,
      session.accepted.contains(39) == Row.hasConfigData
    else { return .silent }
    let value = step.value & 0xffff
    switch session.notified(by: step) {
    case .queue(let queue): return judge(value, of: queue)
    case .any: return judgeRange(value, session)
    case .nobody, .unknown:
      let judgement = judgeRange(value, session)
      if case .broken = judgement { return judgement }
      return .undecidable(.topologyNotRecorded)
    }
  }

  /// Where the place tells no queue: whether there is a queue of that index at all.
  private func judgeRange(_ value: UInt64, _ session: Session) -> Judgement {
    let told = session.numQueues >= 0 ? Int(session.numQueues) : nil
    guard !Row.hasConfigData, !session.accepted.contains(41),
      let count = told ?? session.profile.type?.queueCount
    else { return .undecidable(.topologyNotRecorded) }
    guard value >= UInt64(count) else { return .held }
    let owner = told == nil ? "a device of its type" : "the device"
    return .broken("driver notifies queue \(value), and \(owner) has \(count)")
  }

  private func judge(_ value: UInt64, of queue: Queue) -> Judgement {
    if Row.hasConfigData {
      guard queue.notifyData >= 0 else { return .undecidable(.payloadNotCaptured) }
      guard value != UInt64(queue.notifyData) else { return .held }
      return .broken(
        "driver notifies queue \(queue.index) with \(hex(value, digits: 4)) instead of "
          + "queue_notif_config_data \(hex(queue.notifyData, digits: 4))")
    }
    guard value != UInt64(queue.index) else { return .held }
    return .broken(
      "driver writes \(hex(value, digits: 4)) to the place where queue \(queue.index) is notified")
  }
}

enum KickValueIndex: KickValueRow {
  static let id = "pci.kick.value-index"
  static let hasData = false
  static let hasConfigData = false
}

enum KickValueIndexData: KickValueRow {
  static let id = "pci.kick.value-index-data"
  static let hasData = true
  static let hasConfigData = false
}

enum KickValueConfigData: KickValueRow {
  static let id = "pci.kick.value-config-data"
  static let hasData = false
  static let hasConfigData = true
}

enum KickValueConfigDataData: KickValueRow {
  static let id = "pci.kick.value-config-data-data"
  static let hasData = true
  static let hasConfigData = true
}
