import Model
import Rules
import Testing
import VirtioSpec

/// A driver that breaks one rule at a time, against real devices: recorded by QEMU (`qtest`) and by
/// KVM (`replay`). The oracle is what its author wrote down beside each recording.
@Suite struct ScriptedDriverTests {
  static let logs = ScriptedCase.all(in: "qtest", recording: ".qemu.log")
  static let traces = ScriptedCase.all(in: "replay", recording: ".trace.dat")

  @Test func everyCaseIsThere() {
    #expect(Self.logs.count == 47)
    #expect(Self.traces.count == 47)
  }

  @Test(arguments: logs + traces)
  func everyEntryHasItsExpectation(_ scripted: ScriptedCase) {
    #expect(scripted.expect.count == scriptedExpectations[scripted.name]?.count ?? 0)
    for expectation in scriptedExpectations[scripted.name] ?? [] {
      switch expectation {
      case .rule(let id), .inTraces(let id):
        #expect(RuleSet.ids.contains(id))
      case .later(let id), .unseen(let id):
        #expect(Catalogue.row(id) != nil, "\(id) is not in the catalogue")
      }
    }
  }

  @Test(arguments: logs + traces)
  func findsWhatTheDriverBreaks(_ scripted: ScriptedCase) throws {
    let findings = try Fixtures.analyze(scripted.recording).verdicts.findings
    for (entry, expectation) in zip(scripted.expect, scriptedExpectations[scripted.name] ?? []) {
      // A later statement's finding is due from the day on which its rule is there.
      let id = expectation.id
      guard RuleSet.ids.contains(id) else { continue }
      if case .inTraces = expectation, scripted.recording.hasSuffix(".log") { continue }
      let lines = try #require(scripted.lines(of: entry))
      let found = findings.filter { $0.rules.contains(id) }
      if case .unseen = expectation {
        #expect(found.isEmpty)
        continue
      }
      // A finding stands for all breaches of a rule in a session: the first or the last is there,
      // or it lies between them.
      let place = found.first {
        lines.contains(scripted.place(of: $0.reference))
          || lines.contains(scripted.place(of: $0.last))
          || $0.count > 2 && scripted.place(of: $0.reference) < lines.lowerBound
            && scripted.place(of: $0.last) > lines.upperBound
      }
      let places = found.map { scripted.place(of: $0.reference) }
      #expect(place != nil, "\(id) is not found at \(lines), but at \(places)")
      let row = try #require(Catalogue.row(id))
      // A statement that binds both sides is broken by either.
      #expect(row.actor == .both || row.actor.rawValue == entry.actor)
    }
  }

  @Test(arguments: (logs + traces).filter { $0.expect.isEmpty })
  func accusesNoDriverThatBehaves(_ scripted: ScriptedCase) throws {
    let findings = try Fixtures.analyze(scripted.recording).verdicts.findings
      .filter {
        !$0.isAbsorbed && Catalogue.row($0.rule)?.actor != .device && !scripted.isOfFirmware($0)
      }
    #expect(findings.map { "\($0.reference.record): \($0.rule): \($0.message)" } == [])
  }
}
