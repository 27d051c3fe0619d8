public import Model

/// One normative statement, as something that watches transactions.
///
/// A rule is a small value: its id ties it to the catalogue, which knows section, level, actor and
/// the evidence it needs; `judge` says what a step means to it. Its own memory is its stored
/// properties; a new session gets a new value. See CONTRIBUTING.md, "Add a rule".
public protocol Rule: Sendable {
  /// The id of the statement in the catalogue.
  static var id: String { get }
  /// Rules of the specification that condemn the same event: where one of them does so at the
  /// same record, there is one finding, theirs, and this rule stands in its `also`.
  static var coveredBy: [String] { get }
  /// A breach means nothing unless the whole life of the device was seen. The engine turns a
  /// breach in any other session into `undecidable`.
  static var needsWholeLife: Bool { get }
  /// How often the rule was kept and broken in this session: the engine counts here.
  var tally: Tally { get set }

  init()

  /// What `step` means to the rule; `session` is as it was before the step.
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement

  /// What the end of the session means to the rule.
  mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement
}

extension Rule {
  public static var coveredBy: [String] { [] }
  public static var needsWholeLife: Bool { true }
  public mutating func judge(_ step: Transaction, in session: Session) -> Judgement { .silent }
  public mutating func conclude(_ session: Session, end: SessionEnd) -> Judgement { .silent }
}

/// Why a session is over.
public enum SessionEnd: Sendable, Equatable {
  /// The driver reset the device.
  case reset(RecordReference)
  /// The machine was reset, or stopped.
  case machine(RecordReference)
  /// The recording ends; what would have come next is not known.
  case recording
}

/// What one step or end means to one rule.
public enum Judgement: Sendable {
  /// Nothing that concerns the rule.
  case silent
  /// The rule applied and was kept.
  case held
  case broken(Breach)
  /// The rule applied and the recording cannot show whether it was kept.
  case undecidable(UndecidableReason)

  /// A breach with the records that prove it beside the step itself.
  public static func broken(_ message: String, _ evidence: Evidence...) -> Judgement {
    .broken(Breach(message: message, evidence: evidence))
  }
}

/// A rule broken at a step.
public struct Breach: Sendable {
  /// What happened: lower case, no final period, subject first, numbers as the specification
  /// writes them.
  public var message: String
  /// Earlier records that prove it; those that name no record are left out.
  public var evidence: [Evidence]
  /// The record that the finding is about, where it is not the step itself.
  public var place: RecordReference?
  /// What to do about it, when the rule's page has no better word.
  public var help: String?

  public init(
    message: String, evidence: [Evidence] = [], place: RecordReference? = nil, help: String? = nil
  ) {
    self.message = message
    self.evidence = evidence.filter(\.reference.isSet)
    self.place = place
    self.help = help
  }
}

/// A record that proves a finding, with what it shows.
public struct Evidence: Sendable {
  public var reference: RecordReference
  public var text: String

  public init(_ reference: RecordReference, _ text: String) {
    self.reference = reference
    self.text = text
  }
}

/// Why a recording cannot decide a rule.
public enum UndecidableReason: String, Sendable, CaseIterable {
  case startsMidLife = "starts mid-life"
  case interruptsNotRecorded = "interrupts not recorded"
  case kicksBypass = "kicks bypass this source"
  case noRingMemory = "no ring memory"
  case eventsLost = "events lost"
  case payloadNotCaptured = "payload not captured"
  case endsMidLife = "recording ends before the step"
  case topologyNotRecorded = "topology not recorded"
  case featuresNotRead = "offered features not read"
  case acceptedNotReadBack = "accepted features not read back"
  case newerSpecification = "may follow a newer version of the specification"
  case olderSpecification = "may follow an older version of the specification"
  case abilitiesNotRecorded = "what the driver or the device is able to do is not recorded"
  case causeNotRecorded = "cause not recorded"
  case byteOrderNotRecorded = "byte order of the guest not recorded"
  case ringHistoryNotWhole = "rings not recorded from their start"
  case memoryBetweenSnapshots = "memory between two snapshots not recorded"
  case addressesTranslated = "an IOMMU may translate the addresses of rings and buffers"
}

/// How a rule fared in one session.
public struct Tally: Sendable, BitwiseCopyable {
  public var held: UInt32 = 0
  public var broken: UInt32 = 0
  /// 1 + position in `UndecidableReason.allCases`, 0 when it could always be decided.
  var reasonNumber: UInt8 = 0
  /// 1 + position of the rule's finding in `Verdicts.findings`, 0 while there is none.
  var finding: Int32 = 0

  public init() {}

  /// Why the rule could not be decided at some step.
  public var reason: UndecidableReason? {
    get {
      let all = UndecidableReason.allCases
      let place = Int(reasonNumber) - 1
      return all.indices.contains(place) ? all[place] : nil
    }
    set {
      let place = UndecidableReason.allCases.firstIndex { $0 == newValue }
      reasonNumber = place.map { UInt8(truncatingIfNeeded: $0 + 1) } ?? 0
    }
  }

  /// The verdict over the session.
  public var verdict: Verdict {
    if broken > 0 { return .violated }
    if let reason { return .undecidable(reason) }
    return held > 0 ? .held : .notExercised
  }
}

/// A rule's verdict over a session.
public enum Verdict: Sendable, Equatable {
  case violated
  case held
  case notExercised
  case undecidable(UndecidableReason)
}
