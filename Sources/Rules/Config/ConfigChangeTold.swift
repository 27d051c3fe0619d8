import Model
import VirtioSpec

/// A rule that the device tells of a change of its configuration by an interrupt.
///
/// Judged when the life ends with a reset, and only where the recording shows such interrupts at all:
/// one that came earlier in this life. Traps: the one that tells of the change mostly comes before the
/// read that shows it; interrupts often go past a recording; a vector may be
/// unmapped; a suspended device tells later; many fields change without one, so only those count of
/// which their device section says that the change is told.
protocol ConfigChangeTold: Rule {
  /// The change that waits for its interrupt, and the interrupts that were there before it.
  var change: ConfigChange? { get set }
  var isUnmapped: Bool { get set }
  /// The last interrupt that told of a change.
  var told: RecordReference { get set }
  /// The change that `step` shows; an interrupt behind `since` may have told of it.
  func change(_ step: Transaction, _ session: Session) -> ConfigChangeFound?
}

/// A change that a read shows.
typealias ConfigChangeFound = (message: String, evidence: Evidence, since: RecordReference)

/// A change of the configuration that no interrupt followed yet.
struct ConfigChange: Sendable {
  var message: String
  var evidence: Evidence
  var place: RecordReference
  var unknown: UInt64
}

extension ConfigChangeTold {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeConfigVector, step.hasValue { isUnmapped = step.value & 0xffff == 0xffff }
    if step.kind == .interrupt, step.index == 1 {
      told = step.reference
      guard change != nil else { return .silent }
      change = nil
      return .held
    }
    if let found = self.change(step, session), change == nil {
      if told > found.since { return .held }
      change = ConfigChange(
        message: found.message, evidence: found.evidence, place: step.reference,
        unknown: session.unattributedInterrupts)
    }
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard let change else { return .silent }
    guard case .reset = end else { return .undecidable(.endsMidLife) }
    guard session.configInterrupts > 0, session.unattributedInterrupts == change.unknown,
      !isUnmapped
    else { return .undecidable(.interruptsNotRecorded) }
    return .broken(
      Breach(message: change.message, evidence: [change.evidence], place: change.place))
  }
}

extension Session {
  /// The value that was read before and differs from what `step` reads, of a field whose change its
  /// device has to tell.
  func toldChange(_ step: Transaction) -> ConfigValue? {
    guard step.kind == .readConfig, step.hasValue, let type = profile.type,
      let field = configField(at: step.index),
      Self.toldFields[type.name]?.contains(field.name) == true
    else { return nil }
    return config.first {
      $0.offset == step.index && $0.width == step.width && !$0.isWrite && $0.value != step.value
    }
  }

  /// Fields whose change is told, by the section of the device.
  private static var toldFields: [String: [String]] {
    [
      "blk": ["capacity"], "net": ["status"], "balloon": ["num_pages"],
      "console": ["cols", "rows"],
    ]
  }
}
