public import Model
public import VirtioSpec

/// Takes the accesses of a recording and keeps what they come to: devices, sessions, findings.
///
/// The path from access to verdict: `Machine` decodes, the rules judge each step against the
/// session before it, then the session takes the step.
public struct Analysis: AccessSink {
  public private(set) var machine = Machine()
  private var bench = RuleBench()
  /// Accesses taken.
  public private(set) var accesses: UInt64 = 0
  /// Accesses that touched no virtio device.
  public var foreign: UInt64 { machine.foreign }
  /// Called with every transaction that is wanted, before the session takes it.
  public var onTransaction: ((Transaction, Device) -> Void)?
  /// The same for those who tell of it later; costs no copy of the device.
  public var onStep: ((KeptStep) -> Void)?
  /// Whether a transaction is wanted, with number, id and session of its device; nil for all. The
  /// session is `inout` only so that it is not copied.
  public var isWanted: ((Transaction, Int32, String, inout Session) -> Bool)?
  /// Called after every transaction with what the rules newly said about it.
  public var onFindings: ((ArraySlice<Finding>) -> Void)?

  /// Called with every packet between sockets, after its connection took it.
  public var onSocketStep: ((SocketTable.Step) -> Void)?

  private var steps = StepBuffer()

  /// - Parameter spec: the version of the specification to judge by.
  public init(spec: SpecVersion = .latest) { machine.devices.spec = spec }

  /// Rules judge; off for `--no-rules`.
  public var judges: Bool {
    get { bench.isOn }
    set { bench.isOn = newValue }
  }

  /// Whether steps that no rule can say anything new of are passed by.
  var passesBy: Bool {
    get { bench.passesBy }
    set { bench.passesBy = newValue }
  }

  /// What the rules said.
  public var verdicts: Verdicts { bench.verdicts }

  /// How every rule fared over the sessions that ended.
  public var summary: RuleSummary { bench.summary }

  /// The same for each device by itself, by its number; shorter than the table of devices where
  /// nothing was judged.
  public var deviceSummaries: [RuleSummary] { bench.deviceSummaries }

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices {
      let access = batch[index]
      if machine.mustTellRings(before: access) { tellRings() }
      machine.receive(access, payload: payload, into: &steps)
      if access.kind == .socketPacket, let onSocketStep, let step = machine.socketStep {
        onSocketStep(step)
      }
      if !steps.isEmpty { takeSteps() }
    }
    accesses &+= UInt64(batch.count)
  }

  /// Takes what memory records showed of rings, a step at a time.
  private mutating func tellRings() {
    while let step = machine.nextRingStep() { take(step.transaction, of: step.device) }
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
    if machine.devices.endsLife(step, of: device) {
      let byMachine = step.kind == .machineEvent
      close(device, end: byMachine ? .machine(step.reference) : .reset(step.reference))
      machine.devices.beginSession(of: device)
    }
    if let onTransaction, wants(step, of: device) { onTransaction(step, machine.devices[device]) }
    if let onStep { onStep(machine.devices.keep(step, of: device)) }
    let known = onFindings == nil ? 0 : bench.verdicts.findings.count
    machine.devices.take(step, of: device, judge: &bench)
    if let onFindings { onFindings(bench.verdicts.findings[known...]) }
  }

  private mutating func wants(_ step: Transaction, of device: Int32) -> Bool {
    guard let isWanted else { return true }
    return machine.devices.lend(device) { isWanted(step, device, $0, &$1) }
  }

  /// Takes a step that makes `chain` available, as traces in text tell it.
  public mutating func take(_ step: Transaction, _ chain: ToldChain, of device: Int32) {
    machine.devices.prepare(step, chain, of: device)
    take(step, of: device)
  }

  /// Ends the current session of a device.
  private mutating func close(_ device: Int32, end: SessionEnd) {
    bench.close(device, machine.devices[device].current, end: end)
  }

  /// Ends the recording. Call once, after the last batch.
  public mutating func finish() {
    if machine.mustTellRings(before: nil) { tellRings() }
    machine.finish(into: &steps)
    takeSteps()
    for device in 0..<machine.devices.count {
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
