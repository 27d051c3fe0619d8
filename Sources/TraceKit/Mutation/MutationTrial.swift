import Model
import Rules

/// One fault made in one recording, and what the rules made of it.
public struct MutationTrial: Sendable {
  public var mutation: Mutation
  public var recording: String
  public var device: String
  /// The record that the fault begins at.
  public var record: UInt64
  /// The rule accused the device or its driver of what it had not before.
  public var isCaught: Bool
  /// What the rule said where it did not.
  var verdict: Verdict
  /// Findings of other rules that the catalogue does not explain: rule, device and message.
  public var unexplained: [(rule: String, text: String)]

  init(
    _ mutation: Mutation, _ fault: Fault, of device: String, in scene: MutationScene,
    named recording: String
  ) {
    self.mutation = mutation
    self.recording = recording
    self.device = device
    let accesses = scene.recording.accesses
    record =
      fault.place < accesses.count ? accesses[fault.place].record / RecordedAccesses.step : 0
    var analysis = Analysis()
    scene.recording.with(fault).analyze(into: &analysis)
    let found = Accusations(analysis)
    let key = Accusations.Key(rule: mutation.rule, device: device)
    isCaught = found.adds(key, to: scene.known)
    verdict =
      scene.devices[device].map { Int($0) }
      .flatMap { $0 < analysis.deviceSummaries.count ? analysis.deviceSummaries[$0] : nil }?
      .verdict(mutation.rule) ?? .notExercised
    let same = found.companions(of: key)
    unexplained = found.added(to: scene.known).filter { other in
      other != key && !(other.device == device && same.contains(other.rule))
        && mutation.consequences[other.rule] == nil
    }.map { ($0.rule, "\($0.device), \(found.message(of: $0, notIn: scene.known))") }
  }
}
