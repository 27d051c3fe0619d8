public import Model
import VirtioSpec

/// Takes the accesses of a recording and keeps what they come to: devices, sessions, findings.
///
/// The path from access to verdict: `Machine` decodes, the rules judge each step against the
/// session before it, then the session takes the step.
public struct Analysis: AccessSink {
  public private(set) var machine = Machine()
  public private(set) var verdicts = Verdicts()
  /// How every rule fared over the sessions that ended.
  public private(set) var summary = RuleSummary()
  /// Accesses taken.
  public private(set) var accesses: UInt64 = 0
  /// Rules judge; off for `--no-rules`.
  public var judges = true
  /// Called with every transaction, after the rules judged it and before the session takes it.
  public var onTransaction: ((Transaction, Device) -> Void)?

  private var ruleSets: [RuleSet] = []
  private var steps = StepBuffer()

  public init() {}

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices {
      let access = batch[index]
      machine.receive(access, payload: payload, into: &steps)
      if !steps.isEmpty { takeSteps() }
    }
    accesses &+= UInt64(batch.count)
  }

  private mutating func takeSteps() {
    for place in steps.steps.indices {
      let step = steps.steps[place]
      take(step.transaction, of: step.device)
    }
    steps.removeAll()
  }

  /// Takes one transaction of a device: judges it, then lets the session take it.
  public mutating func take(_ step: Transaction, of device: Int32) {
    while Int32(ruleSets.count) < machine.devices.count { ruleSets.append(RuleSet()) }
    if machine.devices.endsLife(step, of: device) {
      let byMachine = step.kind == .machineEvent
      close(device, end: byMachine ? .machine(step.reference) : .reset(step.reference))
      machine.devices.beginSession(of: device)
    }
    if judges {
      verdicts.device = device
      ruleSets[Int(device)].judge(step, in: machine.devices[device].current, &verdicts)
    }
    if let onTransaction { onTransaction(step, machine.devices[device]) }
    machine.devices[device].current.apply(step)
  }

  /// Ends the current session of a device: the rules conclude, their tallies are summed.
  private mutating func close(_ device: Int32, end: SessionEnd) {
    guard judges else { return }
    verdicts.device = device
    ruleSets[Int(device)].conclude(machine.devices[device].current, end: end, &verdicts)
    summary.add(ruleSets[Int(device)].rules)
    ruleSets[Int(device)] = RuleSet()
  }

  /// Ends the recording. Call once, after the last batch.
  public mutating func finish() {
    for device in 0..<machine.devices.count where Int(device) < ruleSets.count {
      close(device, end: .recording)
    }
  }

  /// Adds a device whose transactions come by `take`, as traces in text do.
  public mutating func addDevice(id: String, profile: DeviceProfile, startKnown: Bool) -> Int32 {
    let device = machine.devices.add(id: id, profile: profile)
    if device >= 0 { machine.devices[device].current.startKnown = startKnown }
    return device
  }

  /// Takes a hint that a person gave, before the first batch.
  public mutating func take(_ hint: DeviceHint) { machine.take(hint) }
}

/// How every rule fared over a whole recording.
public struct RuleSummary: Sendable {
  /// By rule: held and broken summed, the first reason that kept it undecided.
  public private(set) var tallies: [String: Tally] = [:]

  public init() {}

  mutating func add(_ rules: [(type: any Rule.Type, tally: Tally)]) {
    for rule in rules {
      var sum = tallies[rule.type.id] ?? Tally()
      sum.held &+= rule.tally.held
      sum.broken &+= rule.tally.broken
      if sum.reason == nil { sum.reason = rule.tally.reason }
      tallies[rule.type.id] = sum
    }
  }

  /// The verdict of one rule: what was seen to hold outweighs what one session could not show.
  public func verdict(_ id: String) -> Verdict {
    guard let tally = tallies[id] else { return .notExercised }
    if tally.broken > 0 { return .violated }
    if tally.held > 0 { return .held }
    return tally.verdict
  }
}
