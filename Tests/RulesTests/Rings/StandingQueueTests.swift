import Model
import Rules
import Testing
import TraceKit

/// Failures that break no clause, or none that a recording shows: a hint has to say where to look, on
/// the queue that it is about and on no other. A working driver that looks alike gets none.
@Suite struct StandingQueueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var queue: Int32 = 0
    var kind = RingHint.Kind.untaken
    /// What the text has to say; none where there must be no hint at all.
    var words: [String] = []
    var type: UInt8 = 2
    var queues: UInt16 = 1
    var features: [UInt64] = []
    var isMMIO = false
    /// The clauses that it breaks all the same.
    var rules: Set<String> = []
    var build: @Sendable (inout RingScene) -> Void
  }

  @Test(arguments: failures)
  func isHintedAt(_ failure: Case) throws {
    let (analysis, summary) = try Self.analyze(failure)
    let findings = analysis.verdicts.findings
    #expect(Set(findings.map(\.rule)) == failure.rules, "\(findings.map(\.message))")
    let session = try #require(analysis.machine.devices.all.first).current
    let hints = session.hints(of: failure.queue, now: summary.lastTime ?? 0)
    let hint = try #require(hints.first, "no hint")
    #expect(hints.count == 1 && hint.kind == failure.kind, "\(hints)")
    for words in failure.words { #expect(hint.text.contains(words), "\(hint.text)") }
    #expect(FailureClassTests.hints(analysis, summary).count == 1)
  }

  @Test(arguments: works)
  func whatWorksGetsNoHint(_ scene: Case) throws {
    let (analysis, summary) = try Self.analyze(scene)
    #expect(analysis.verdicts.findings.map { "\($0.rule): \($0.message)" } == [])
    #expect(FailureClassTests.hints(analysis, summary) == [])
  }

  /// What stood still when a life ended is told of that life.
  @Test func aResetKeepsTheHint() throws {
    var failure = try #require(Self.failures.first { $0.testDescription == "R69" })
    let build = failure.build
    failure.build = {
      build(&$0)
      $0.wait(seconds: 5)
      $0.readStatus(0x0f)
      $0.restart()
    }
    let (analysis, summary) = try Self.analyze(failure)
    let sessions = try #require(analysis.machine.devices.all.first).sessions
    #expect(sessions.count == 2)
    #expect(sessions[0].hints(of: 0, now: summary.lastTime ?? 0).map(\.kind) == [.untaken])
    #expect(sessions[1].hints(of: 0, now: summary.lastTime ?? 0) == [])
  }

  private static func analyze(_ scene: Case) throws -> (Analysis, InputSummary) {
    var failure = FailureClassTests.Failure("", .rule("")) {
      scene.build(&$0)
      $0.wait(seconds: 5)
      $0.readStatus(0x0f)
    }
    failure.plan.features = scene.features
    failure.plan.type = scene.type
    failure.plan.queues = scene.queues
    failure.plan.isMMIO = scene.isMMIO
    return try failure.analyze()
  }
}
