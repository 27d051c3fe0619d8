import Foundation
import Model
import Testing

@testable import Recordings

/// Every recording, event for event, against `trace-cmd report`.
@Suite struct TraceDatReportTests {
  static let recordings: [String] = {
    let root = Fixtures.directory
    let files = FileManager.default.enumerator(atPath: root.path)
    let names = (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".trace.dat") }
    return names.sorted()
  }()

  @Test func someRecordingsAreThere() {
    #expect(Self.recordings.count >= 50)
    #expect(Self.recordings.contains { $0.hasSuffix(".v6.trace.dat") })
    #expect(Self.recordings.contains { $0.hasSuffix(".v7-none.trace.dat") })
  }

  @Test(arguments: recordings)
  func readsWhatTraceCmdReports(_ name: String) throws {
    try expectAgreement(Fixtures.path(name))
  }
}

/// Reads the file at `path` and compares everything with `trace-cmd report`.
@discardableResult
func expectAgreement(
  _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> TraceDatReading {
  let report = try TraceCmdReport(path: path)
  let reading = try TraceDatReading(path: path)
  expectAgreement(reading, report, sourceLocation: sourceLocation)
  return reading
}

func expectAgreement(
  _ reading: TraceDatReading, _ report: TraceCmdReport,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let summary = reading.summary
  #expect(summary.problems.isEmpty, sourceLocation: sourceLocation)
  #expect(summary.records == UInt64(report.events.count), sourceLocation: sourceLocation)
  #expect(summary.firstTime == report.events.first?.time, sourceLocation: sourceLocation)
  #expect(summary.lastTime == report.events.last?.time, sourceLocation: sourceLocation)
  let expected = expectedAccesses(of: report)
  #expect(reading.items.count == expected.count, sourceLocation: sourceLocation)
  for (found, wanted) in zip(reading.items, expected) {
    let found = asPrinted(found)
    guard found == wanted else {
      Issue.record("read \(found), trace-cmd says \(wanted)", sourceLocation: sourceLocation)
      break
    }
  }
  expectSkips(summary, report, sourceLocation: sourceLocation)
}

/// An access as a report can show it: no place in the file, and of a message's data, which
/// trace-cmd prints as the format has it even with `-R`, only the vector.
private func asPrinted(_ item: Collector.Item) -> Collector.Item {
  var item = item
  item.location = 0
  if item.kind == .interrupt, item.code == 1 { item.value &= 0xff }
  return item
}

/// Every event that is not used is counted under its name.
private func expectSkips(
  _ summary: InputSummary, _ report: TraceCmdReport, sourceLocation: SourceLocation
) {
  var counts: [String: UInt64] = [:]
  for event in report.events where !usedEvents.contains(event.name) {
    counts[event.name, default: 0] += 1
  }
  for (name, count) in counts where name.hasPrefix("kvm") {
    let skip = summary.skipped.first { $0.reason == "\(name) event" }
    #expect(skip?.count == count, "\(name)", sourceLocation: sourceLocation)
    let first = report.events.firstIndex { $0.name == name }.map { UInt64($0 + 1) }
    #expect(skip?.first == first, "\(name)", sourceLocation: sourceLocation)
  }
}
