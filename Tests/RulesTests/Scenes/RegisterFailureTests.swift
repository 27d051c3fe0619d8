import Foundation
import Model
import Recordings
import Rules
import Testing
import TraceKit
import VirtioSpec

/// Failures of real drivers and devices (`fixtures/cases/failures.tsv`) that show in register
/// accesses, configuration space, kicks and interrupts alone: each built as a recording from its
/// description, and what has to name its cause.
@Suite struct RegisterFailureTests {
  /// What names the cause.
  enum Sign: Sendable {
    /// Findings of these rules.
    case rules([String])
    /// A decoded line with this text: the failure broke no clause, or none that accesses show.
    case line(String)
    /// The name of a virtqueue, as reports give it.
    case queue(Int32, VirtqueueName)
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    var id: String
    var sign: Sign
    var build: @Sendable () -> RegisterScene
    var testDescription: String { id }

    init(_ id: String, _ sign: Sign, _ build: @escaping @Sendable () -> RegisterScene) {
      self.id = id
      self.sign = sign
      self.build = build
    }

    init(mmio id: String, _ sign: Sign, _ build: @escaping @Sendable () -> MMIOScene) {
      self.init(id, sign) { build().registers }
    }

    init(pci id: String, _ sign: Sign, _ build: @escaping @Sendable () -> PCIScene) {
      self.init(id, sign) { build().registers }
    }

    /// The recording, written as pcapng and analyzed like any other, and its decoded lines.
    func analyze() throws -> (analysis: Analysis, lines: [String]) {
      let scene = build()
      let path = NSTemporaryDirectory() + "vtrace-\(UUID().uuidString).pcapng"
      defer { try? FileManager.default.removeItem(atPath: path) }
      var writer = try PcapngWriter(path: path)
      scene.feed(&writer)
      try writer.finish()
      let lines = Lines()
      var analysis = Analysis()
      analysis.onTransaction = { step, _ in lines.texts.append(step.text) }
      _ = try Recording.read(path: path, into: &analysis)
      analysis.finish()
      return (analysis, lines.texts)
    }
  }

  @Test(arguments: failures)
  func isNamed(_ failure: Failure) throws {
    let (analysis, lines) = try failure.analyze()
    let found = analysis.verdicts.findings.map { "\($0.rule): \($0.message)" }
    switch failure.sign {
    case .rules(let ids):
      let rules = Set(analysis.verdicts.findings.flatMap(\.rules))
      #expect(rules.isSuperset(of: ids), "found: \(found)\n\(lines.joined(separator: "\n"))")
    case .line(let text):
      #expect(lines.contains(text), "lines: \(lines.joined(separator: "\n"))\n\(found)")
    case .queue(let queue, let name):
      let session = try #require(analysis.machine.devices.all.first).current
      #expect(session.virtqueueName(queue) == name, "\(found)")
    }
  }

  /// Every failure that accesses, configuration space, kicks and interrupts show is built here.
  @Test func allAreBuilt() throws {
    let due = try Fixtures.failures { !$0.isEmpty && $0.isSubset(of: ["A", "P", "K", "I", "C"]) }
    #expect(Set(due).subtracting(Self.failures.map(\.id)) == [])
  }

  /// What is named is in no gap, and a driver may use the first of two structures, or both.
  @Test(arguments: [0, 0x4000] as [UInt64]) func gapsAndSeveralStructuresAccuseNobody(
    first: UInt64
  ) throws {
    let failure = Failure(pci: "several", .rules([])) {
      var plan = PCIScene.Plan()
      plan.hasSecondCommon = true
      plan.barSize = 0x8000
      var scene = PCIScene(plan)
      scene.common = first
      scene.readStatus(0)
      scene.common = 0
      scene.run()
      scene.kick(0)
      return scene
    }
    let (analysis, lines) = try failure.analyze()
    #expect(analysis.verdicts.findings.map { "\($0.rule): \($0.message)" } == [])
    #expect(lines.allSatisfy { !$0.contains("outside") })
    #expect(lines.contains("uses common at=0x40 first=0x40"))
  }

  /// Where the size of a register, or the end of the list, was never read, nothing lies outside.
  @Test(arguments: [nil, 0x8000] as [UInt64?]) func gapsAreKnownWhereTheListIs(size: UInt64?) throws
  {
    let failure = Failure(pci: "gaps", .rules([])) {
      var plan = PCIScene.Plan()
      plan.barSize = size
      // An end that was not read: the list goes on behind 0x40.
      if size != nil { plan.end = 0xd0 }
      var scene = PCIScene(plan)
      scene.registers.read(.mmio, PCIScene.bar + 0x5000, 0, 4)
      return scene
    }
    let (_, lines) = try failure.analyze()
    #expect(lines.allSatisfy { !$0.contains("outside") })
  }

  /// A driver and device that do everything right give no finding.
  @Test(arguments: [true, false]) func soundScenesAreSound(isPCI: Bool) throws {
    let failure =
      isPCI
      ? Failure(pci: "sound", .rules([])) {
        var scene = PCIScene()
        scene.run()
        scene.kick(0)
        return scene
      }
      : Failure(mmio: "sound", .rules([])) {
        var scene = MMIOScene()
        scene.run()
        scene.kick(0)
        return scene
      }
    let (analysis, lines) = try failure.analyze()
    #expect(
      analysis.verdicts.findings.map { "\($0.rule): \($0.message)" } == [],
      "\(lines.joined(separator: "\n"))")
  }
}

/// The texts of all transactions.
private final class Lines {
  var texts: [String] = []
}
