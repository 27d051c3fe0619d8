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

  /// A notification in the same words as the last one of its queue is judged once.
  @Test func aNotificationIsJudgedOnce() {
    var session = running(.modern)
    session.profile = DeviceProfile(transport: .pci)
    let kick = Transaction(
      .kick, at: RecordReference(record: 2, time: 0, location: 0), queue: 0, interface: .modern,
      width: 2)
    var rules = PCIRules()
    var verdicts = Verdicts()
    rules.judge(kick, in: session, &verdicts)
    let once = verdicts.runs
    #expect(once > 0)
    rules.judge(kick, in: session, &verdicts)
    #expect(verdicts.runs == once)
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
