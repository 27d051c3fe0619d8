import Model
import VirtioSpec

/// The notifications of a running device that every rule has judged and none found wrong.
///
/// A device is notified by the million, nearly always in the same words and with nothing between
/// but interrupts that are read and acknowledged. Rules answer such a notification as they answered
/// the one before, so that it is passed by from the third on: the first of a queue is special to
/// some rules, the second is like all that follow.
struct JudgedKicks: Sendable {
  private var known: [Judged] = []

  /// Notifications in different words that are remembered at once.
  private static var limit: Int { 32 }
  private static var enough: UInt8 { 2 }

  /// All that a rule can read of a notification but its record and its CPU.
  private struct Words: Sendable, BitwiseCopyable, Equatable {
    var value: UInt64
    var mask: UInt64
    var queue: Int32
    var index: UInt32
    var traits: UInt16
    var width: UInt8
    var byteInField: UInt8
    var interface: Transaction.Interface

    init(_ kick: Transaction) {
      value = kick.value
      mask = kick.mask
      queue = kick.queue
      index = kick.index
      traits = kick.traits.rawValue
      width = kick.width
      byteInField = kick.byteInField
      interface = kick.interface
    }
  }

  private struct Judged: Sendable, BitwiseCopyable {
    var words: Words
    var times: UInt8
  }

  /// Whether rules would only repeat what they said of `kick`. The session is `inout` only so that
  /// it is not copied.
  func passBy(_ kick: Transaction, in session: inout Session) -> Bool {
    guard let place = place(of: Words(kick)), known[place].times >= Self.enough else {
      return false
    }
    // Right behind a generation the driver goes on with what it read.
    return session.lastRecord != session.generation.read
  }

  /// Remembers a notification that broke nothing. Whatever decides whether it may be passed by from
  /// now on changes only with a step that is judged, and then it is forgotten.
  mutating func remember(_ kick: Transaction, _ session: Session) {
    guard Self.isSettled(kick, session) else { return }
    let words = Words(kick)
    if let place = place(of: words) {
      if known[place].times < Self.enough { known[place].times += 1 }
    } else if known.count < Self.limit {
      known.append(Judged(words: words, times: 1))
    }
  }

  /// Forgets everything: something else was judged, and rules may answer otherwise now.
  mutating func removeAll() {
    if !known.isEmpty { known.removeAll(keepingCapacity: true) }
  }

  private func place(of words: Words) -> Int? {
    for place in known.indices where known[place].words == words { return place }
    return nil
  }

  /// Whether nothing of what goes on without being judged can change the answer: no rings whose
  /// history counts, no suspension or reset under way, and a driver that is past its first steps.
  private static func isSettled(_ kick: Transaction, _ session: Session) -> Bool {
    session.rings.isEmpty && session.marks.driverOK.isSet && kick.hasValue && kick.queue >= 0
      && session.steps >= ProposalRules.firstSteps && kick.interface == session.interface
      && session.profile.transport != .ccw && !session.suspension.isActive
      && session.queueResets == 0 && !session.hasAdmin
  }
}
