import Foundation
import LiveView
import Model
import Recordings
import Rules
import Terminal
import Testing
import VirtioSpec
import Wire

/// What `s` saves is what was shown.
@Suite struct SaveTests {
  /// What an analysis makes of a recording, without the numbers of its records.
  private struct Reading: Equatable {
    var devices: [String] = []
    var steps: [String] = []
    var findings: [String] = []
    /// Who broke what.
    var accusations: [String] = []

    init(_ path: String) throws {
      final class Lines {
        var all: [String] = []
      }
      let lines = Lines()
      var analysis = Analysis()
      analysis.onTransaction = { step, device in
        lines.all.append("\(step.reference.time) \(device.id) \(step.text)")
      }
      _ = try Recording.read(path: path, into: &analysis)
      analysis.finish()
      steps = lines.all
      for device in analysis.machine.devices.all {
        for session in device.finished + [device.current] {
          devices.append(
            "\(device.id) \(device.profile.type?.name ?? "?") session \(session.index) "
              + "\(session.interface) \(session.status) \(session.startKnown) "
              + "\(session.offered) \(session.accepted) "
              + session.queues.map { "\($0.index):\($0.size)@\($0.descriptors)" }.joined())
        }
      }
      findings = analysis.verdicts.findings.filter { !$0.isAbsorbed }.map { finding in
        "\(finding.device).\(finding.session) \(finding.severity) \(finding.rule) \(finding.count)× "
          + finding.message
      }
      accusations = analysis.verdicts.findings.flatMap { finding in
        ([finding.rule] + finding.also).map {
          "\(analysis.machine.devices[finding.device].id) \($0)"
        }
      }
    }
  }

  private static func path(_ fixture: String) -> String {
    packageRoot.appending(path: "fixtures/\(fixture)").path
  }

  /// Reads what a screen saves.
  private func saved(_ state: ViewState) throws -> Reading {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pcapng").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = try PcapngWriter(path: path)
    for part in state.recordsToSave {
      writer.receive(part.accesses.span, payload: part.bytes.rawBytes)
    }
    try writer.finish()
    return try Reading(path)
  }

  /// Every recording of the corpus.
  private static let recordings: [String] = {
    let table = (try? String(contentsOfFile: path("corpus.tsv"), encoding: .utf8)) ?? ""
    let names = table.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "\t").first
    }
    return Set(names.map(String.init)).sorted()
  }()

  /// In which a register was once read as a word that another selection had chosen.
  private static let lossy = ["x86/ipxe-net-transitional.qemu.log"]

  @Test func thereAreRecordings() { #expect(Self.recordings.count > 100) }

  @Test(arguments: recordings)
  func aWholeRecordingIsSavedWhole(fixture: String) throws {
    let whole = try Reading(Self.path(fixture))
    let again = try saved(try Watched.state(fixture, history: 10_000_000))
    #expect(again.devices == whole.devices)
    #expect(again.findings == whole.findings)
    // One line is told, not all of them.
    let first = zip(again.steps, whole.steps).first { $0 != $1 }
    #expect(again.steps.count == whole.steps.count && first == nil)
  }

  /// What is left out is missing and said to be, so that nobody is accused for it.
  @Test(arguments: recordings.enumerated().filter { $0.offset % 4 == 0 }.map(\.element) + lossy)
  func aPartAccusesNobodyAnew(fixture: String) throws {
    let whole = try Reading(Self.path(fixture))
    for filter in ["kind == write", "finding", "session == 1"] {
      var state = try Watched.state(fixture, history: 10_000_000)
      state.press(.character(":"))
      state.type("filter \(filter)")
      state.press(.enter)
      let part = try saved(state)
      let new = Set(part.accusations).subtracting(whole.accusations)
      #expect(new.isEmpty, "\(filter)")
    }
    let late = try saved(try Watched.state(fixture, history: 1))
    #expect(Set(late.accusations).subtracting(whole.accusations).isEmpty)
  }
}
