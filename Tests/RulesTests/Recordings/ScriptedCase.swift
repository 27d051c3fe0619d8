import Foundation
import Model
import Rules

/// One run of a scripted driver, with what its author expects to be found.
struct ScriptedCase: Decodable, Sendable, CustomStringConvertible {
  var name: String
  var expect: [Entry]
  var device: Place?

  struct Entry: Decodable, Sendable {
    var what: String
    var actor: String
    /// First and last line of the QEMU log, from 1.
    var lines: [UInt64]?
    /// First and last line of `trace-cmd report`, from 1.
    var reportLines: [UInt64]?
    var severity: String

    private enum CodingKeys: String, CodingKey {
      case what, actor, lines, severity
      case reportLines = "report_lines"
    }
  }

  struct Place: Decodable, Sendable {
    var bdf: String?
  }

  /// The recording, below `fixtures/`.
  var recording = ""
  var description: String { recording }

  private enum CodingKeys: String, CodingKey { case name, expect, device }

  /// The lines that the entry is about: of the log, or of `trace-cmd report`.
  func lines(of entry: Entry) -> ClosedRange<UInt64>? {
    guard let lines = entry.lines ?? entry.reportLines, lines.count == 2 else { return nil }
    return lines[0]...lines[1]
  }

  /// The line at which a record stands. `trace-cmd report` prints an event a line, after one line
  /// of its own (`cpus=2`).
  func place(of reference: RecordReference) -> UInt64 {
    recording.hasSuffix(".log") ? reference.location : reference.record + 1
  }

  /// Under KVM, SeaBIOS drives the device before the script does: it takes a modern device from reset
  /// to status 0x03 in one write, and does not read the status before.
  func isOfFirmware(_ finding: Finding) -> Bool {
    recording.hasSuffix(".trace.dat") && finding.rule == "pci.common.wait-reset"
      && finding.message.hasPrefix("driver writes status 0x03 ")
  }

  /// Every case of a folder below `fixtures/x86/`.
  static func all(in folder: String, recording ending: String) -> [ScriptedCase] {
    let suffix = ".expect.json"
    return Fixtures.files([suffix]).filter { $0.hasPrefix("x86/\(folder)/") }.compactMap { path in
      let url = Fixtures.folder.appending(path: path)
      guard let data = try? Data(contentsOf: url),
        var result = try? JSONDecoder().decode(ScriptedCase.self, from: data)
      else { return nil }
      result.recording = path.dropLast(suffix.count) + ending
      return result
    }
  }
}
