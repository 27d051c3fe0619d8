import Model
import Query
import Recordings
import Rules
import Testing
import VirtioSpec

/// A recording with all its steps as filters see them.
struct Filmed {
  var steps: [(subject: QuerySubject, id: String, text: String)] = []
  var findings: [Finding] = []
  var ids: [String] = []

  /// - Parameter path: below `fixtures`.
  init(_ path: String) throws {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
      .dropLast(3).joined(separator: "/")
    var analysis = Analysis()
    let film = Film()
    analysis.isWanted = { step, device, id, session in
      film.steps.append((QuerySubject(step, of: device, in: &session), id, step.text))
      return false
    }
    analysis.onTransaction = { _, _ in }
    _ = try Recording.read(path: "\(root)/fixtures/\(path)", into: &analysis)
    analysis.finish()
    steps = film.steps
    findings = analysis.verdicts.findings
    ids = analysis.machine.devices.all.map(\.id)
  }

  private final class Film {
    var steps: [(subject: QuerySubject, id: String, text: String)] = []
  }

  /// Texts of all steps.
  var texts: [String] { steps.map(\.text) }

  /// Texts of the steps for which the filter is true.
  func texts(_ filter: String) throws -> [String] {
    var run = QueryRun(try Query(filter))
    run.findings = FindingIndex(findings)
    var texts: [String] = []
    for step in steps where run.matches(step.subject, id: step.id) { texts.append(step.text) }
    return texts
  }

  func count(_ filter: String) throws -> Int { try texts(filter).count }
}

/// The problem of a filter that is wrong.
func problem(_ filter: String) -> QueryProblem? {
  do {
    _ = try Query(filter)
    return nil
  } catch {
    return error
  }
}

/// A step of a block device, as filters see it.
func subject(
  _ step: Transaction, type: DeviceType? = .blk, device: Int32 = 0,
  change: (inout Session) -> Void = { _ in }
) -> QuerySubject {
  var profile = DeviceProfile(transport: .pci)
  profile.type = type
  var session = Session(index: 2, profile: profile)
  change(&session)
  return QuerySubject(step, of: device, in: &session)
}

func matches(_ filter: String, _ subject: QuerySubject, id: String = "0000:00:03.0") throws -> Bool
{
  var run = QueryRun(try Query(filter), start: 1_000_000_000)
  return run.matches(subject, id: id)
}
