import Foundation
import LiveView
import Model
import Query
import Recordings
import Rules
import Terminal

/// The root of the package.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A recording that was read whole, as a screen sees it.
enum Watched {
  static func state(
    _ file: String, columns: Int = 80, rows: Int = 24, history: Int = 100_000, isLive: Bool = false
  ) throws -> ViewState {
    var state = ViewState(title: "view \(file)", isLive: isLive)
    state.resize(to: Size(columns: columns, rows: rows))
    state.take(try snapshot(file, history: history))
    while state.tick() {}
    return state
  }

  /// Records of the steps that a filter wants, as `analyze` asks it.
  static func records(_ file: String, filter: String) throws -> [UInt64] {
    let path = packageRoot.appending(path: "fixtures/\(file)").path
    var judged = Analysis()
    _ = try Recording.read(path: path, into: &judged)
    judged.finish()
    let findings = judged.verdicts.findings
    final class Answers {
      var run: QueryRun
      var records: [UInt64] = []
      init(_ run: QueryRun) { self.run = run }
    }
    let answers = Answers(QueryRun(try Query(filter)))
    answers.run.findings = FindingIndex(findings)
    var analysis = Analysis()
    analysis.onTransaction = { _, _ in }
    analysis.isWanted = { step, device, id, session in
      let subject = QuerySubject(step, of: device, in: &session)
      if answers.run.start == nil { answers.run.start = step.reference.time }
      if answers.run.matches(subject, id: id) { answers.records.append(step.reference.record) }
      return false
    }
    _ = try Recording.read(path: path, into: &analysis)
    return answers.records
  }

  /// The findings that `analyze` shows with a filter, in the order of their records.
  static func findings(_ file: String, filter: String) throws -> [String] {
    var judged = Analysis()
    let path = packageRoot.appending(path: "fixtures/\(file)").path
    _ = try Recording.read(path: path, into: &judged)
    judged.finish()
    return try judged.verdicts.findings.filter { !$0.isAbsorbed }
      .sorted { ($0.reference, $0.device) < ($1.reference, $1.device) }
      .filter { finding in
        let records = [finding.reference, finding.last] + finding.evidence.map(\.reference)
        return try !Set(records.map(\.record)).isDisjoint(
          with: recordsWanted(file, filter: filter, for: finding))
      }
      .map { "\($0.severity.rawValue)[\($0.rule)]: \($0.message)" }
  }

  /// Records of the steps that a filter wants when it is asked with one finding.
  private static func recordsWanted(
    _ file: String, filter: String, for finding: Finding
  ) throws -> [UInt64] {
    final class Answers {
      var run: QueryRun
      var records: [UInt64] = []
      init(_ run: QueryRun) { self.run = run }
    }
    let answers = Answers(QueryRun(try Query(filter)))
    var analysis = Analysis()
    analysis.onTransaction = { _, _ in }
    analysis.isWanted = { step, device, id, session in
      let subject = QuerySubject(step, of: device, in: &session)
      if answers.run.start == nil { answers.run.start = step.reference.time }
      if answers.run.matches(subject, id: id, finding: finding) {
        answers.records.append(step.reference.record)
      }
      return false
    }
    _ = try Recording.read(
      path: packageRoot.appending(path: "fixtures/\(file)").path, into: &analysis)
    return answers.records
  }

  static func snapshot(_ file: String, history: Int = 100_000) throws -> HistorySnapshot {
    let feed = HistoryFeed()
    var sink = HistorySink(over: CombinedMemory(), .none, limit: history, into: feed)
    let shared = sink
    _ = try Recording.read(
      path: packageRoot.appending(path: "fixtures/\(file)").path, into: &sink,
      onRecognized: { shared.input.placesAreLines = $0 })
    shared.finish()
    return feed.snapshot
  }
}

extension ViewState {
  /// Presses keys, and returns the effects.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { keys.compactMap { press($0) } }

  @discardableResult
  mutating func press(_ key: Key) -> Effect? {
    let effect = take(key)
    while tick() {}
    return effect
  }

  /// Types text.
  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { press(.character(scalar)) }
  }

  var text: String { screen().lines.joined(separator: "\n") + "\n" }
}
