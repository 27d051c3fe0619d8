import Model
import Testing
import VirtioSpec

@testable import Rules

/// Steps that the engine passes by without asking any area: no rule watches them.
@Suite struct PassedByTests {
  /// A session that runs: through `interface`, past the steps that tell how it is driven.
  private func running(
    _ interface: Transaction.Interface, _ type: DeviceType? = nil
  ) -> Session {
    var session = Session(index: 0, profile: DeviceProfile(transport: .mmio))
    session.startKnown = true
    session.marks.driverOK = RecordReference(record: 1, time: 0, location: 0)
    session.profile.type = type
    session.interface = interface
    session.steps = ProposalRules.firstSteps
    session.lastRecord = RecordReference(record: 1, time: 0, location: 0)
    session.marks.driverOK = RecordReference(record: 1, time: 0, location: 0)
    return session
  }

  @Test(arguments: Transaction.Kind.allCases, [Transaction.Interface.modern, .legacy])
  func noRuleWatchesThem(_ kind: Transaction.Kind, _ interface: Transaction.Interface) {
    var session = running(interface)
    let place = RecordReference(record: 1, time: 0, location: 0)
    let step = Transaction(kind, at: place, value: 1, queue: 0, interface: interface)
    for (type, transport) in ([nil] + DeviceType.all).flatMap({
      [($0, TransportKind.mmio), ($0, .pci)]
    }) {
      session.profile = DeviceProfile(transport: transport)
      session.profile.type = type
      guard RuleSet.passesBy(step, in: &session) else { continue }
      var rules = RuleSet()
      var verdicts = Verdicts()
      rules.judge(step, in: session, &verdicts)
      #expect(verdicts.runs == 0)
    }
  }

  /// A notification of a device that runs costs no rule of its type more than a look.
  @Test(arguments: DeviceType.all)
  func rulesOfDevicesLeaveNotificationsAlone(_ type: DeviceType) {
    var session = running(.modern, type)
    session.marks.driverOK = RecordReference(record: 1, time: 0, location: 0)
    let kick = Transaction(
      .kick, at: RecordReference(record: 2, time: 0, location: 0), queue: 0, interface: .modern)
    var rules = DeviceRules()
    var verdicts = Verdicts()
    rules.judge(kick, in: session, &verdicts)
    #expect(verdicts.runs == 0 || [.crypto, .pmem, .scsi].contains(type))
  }

  /// What a running PCI device does by the million, until something makes a rule look.
  @Test func rulesOfPCILookOnlyWhereThereIsSomethingToSee() {
    var session = running(.modern)
    session.profile = DeviceProfile(transport: .pci)
    let place = RecordReference(record: 1, time: 0, location: 0)
    let read = Transaction(.readISR, at: place, interface: .modern)
    let used = Transaction(.buffersUsed, at: place, queue: 0)
    #expect(RuleSet.passesBy(read, in: &session))
    #expect(RuleSet.passesBy(used, in: &session))
    session.messagesEnabled = .yes
    session.hasResetQueue = true
    #expect(!RuleSet.passesBy(read, in: &session))
    #expect(!RuleSet.passesBy(used, in: &session))
  }

  /// A notification in the same words as earlier ones is judged twice, until something else comes.
  @Test func aNotificationIsJudgedTwice() {
    var session = running(.modern)
    session.profile = DeviceProfile(transport: .pci)
    let place = RecordReference(record: 2, time: 0, location: 0)
    session.queues = (0..<2).map { (index: Int32) in
      var queue = Queue(index: index)
      queue.isEnabled = true
      queue.enabledAt = session.marks.driverOK
      return queue
    }
    func kick(_ queue: Int32) -> Transaction {
      Transaction(
        .kick, at: place, value: UInt64(queue), queue: queue, interface: .modern, width: 2)
    }
    var bench = RuleBench()
    func runs(_ step: Transaction) -> UInt64 {
      let before = bench.verdicts.runs
      bench.judge(step, of: 0, in: &session)
      return bench.verdicts.runs - before
    }
    let once = runs(kick(0))
    #expect(once > 0)
    #expect(bench.verdicts.findings.map(\.rule) == [])
    #expect(runs(kick(0)) == once)
    #expect(runs(kick(0)) == 0)
    #expect(runs(kick(1)) > 0)
    #expect(runs(kick(0)) == 0)
    // Interrupts of queues are no news, a status is.
    #expect(runs(Transaction(.interrupt, at: place, queue: 0)) == 0)
    #expect(runs(kick(0)) == 0)
    #expect(runs(Transaction(.readStatus, at: place, value: 0x0f, interface: .modern)) > 0)
    #expect(runs(kick(0)) > 0)
  }

  /// A notification that breaks a rule is counted every time.
  @Test func aWrongNotificationIsJudgedEveryTime() {
    var session = running(.modern)
    session.profile = DeviceProfile(transport: .pci)
    let wide = Transaction(
      .kick, at: RecordReference(record: 2, time: 0, location: 0), queue: 0, interface: .modern,
      width: 4)
    var bench = RuleBench()
    for _ in 0..<5 { bench.judge(wide, of: 0, in: &session) }
    #expect(!bench.verdicts.findings.isEmpty)
    #expect(bench.verdicts.findings.allSatisfy { $0.count == 5 })
  }

  /// Every recording comes to the same whether steps are passed by or not.
  @Test(arguments: CorpusTests.recordings)
  func passingByChangesNothing(_ recording: String) throws {
    let quick = try Fixtures.analyze(recording)
    let slow = try Fixtures.analyze(recording, passesBy: false)
    let findings = [quick, slow].map { analysis in
      analysis.verdicts.findings.map {
        "\($0.rules) of \($0.device), \($0.session): \($0.count) times, "
          + "\($0.reference.record) to \($0.last.record), \($0.isAbsorbed)"
      }
    }
    #expect(findings[0] == findings[1])
    let verdicts = [quick, slow].map { analysis in
      RuleSet.ids.map { id in analysis.deviceSummaries.map { "\($0.verdict(id))" } }
    }
    #expect(verdicts[0] == verdicts[1])
  }

  @Test func theFirstStepsAreNotPassedBy() {
    var session = running(.modern)
    session.steps = ProposalRules.firstSteps - 1
    let place = RecordReference(record: 1, time: 0, location: 0)
    #expect(!RuleSet.passesBy(Transaction(.readISR, at: place), in: &session))
    session.steps += 1
    #expect(RuleSet.passesBy(Transaction(.readISR, at: place), in: &session))
    let other = Transaction(.readISR, at: place, interface: .legacy)
    #expect(!RuleSet.passesBy(other, in: &session))
  }
}
