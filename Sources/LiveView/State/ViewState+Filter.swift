import Model
public import Query
import Rules

extension ViewState {
  /// Lists only what `query` wants; everything without one.
  public mutating func filter(_ query: Query?) {
    run = query.map { QueryRun($0, start: snapshot.firstTime) }
    run?.findings = findings
    rows.reset(filtered: run != nil)
    listed.reset(filtered: run != nil)
    listFindings()
    isFiltering = run != nil
  }

  /// Reads a filter that was typed; says what is wrong with it.
  mutating func filter(text: String) {
    guard text.contains(where: { !$0.isWhitespace }) else {
      message = .note("no filter")
      return filter(nil)
    }
    do throws(QueryProblem) {
      filter(try Query(text))
      message = .none
    } catch {
      message = .problem("\(error)")
    }
  }

  /// Looks at some more transactions; whether there are more to look at.
  mutating func goOnFiltering() -> Bool {
    guard var run else { return false }
    if run.start == nil { run.start = snapshot.firstTime }
    let snapshot = snapshot
    let hasMore = rows.filter(budget: Self.budget) { snapshot.passes($0, &run) }
    self.run = run
    isFiltering = hasMore
    return hasMore
  }

  /// Asks again at the records of findings that arose since their records were looked at.
  mutating func askAgain(about new: ArraySlice<Finding>) {
    guard var run else { return }
    run.findings = findings
    if run.query.asksForFindings {
      for finding in new {
        for reference in [finding.reference, finding.last] {
          ask(again: reference.record, &run)
        }
      }
    }
    self.run = run
  }

  private mutating func ask(again record: UInt64, _ run: inout QueryRun) {
    guard var number = snapshot.number(ofRecord: record) else { return }
    while let entry = snapshot.entry(number), entry.step.reference.record == record {
      if snapshot.passes(number, &run) { rows.insert(number) }
      number &+= 1
    }
  }

  /// What is to be said of the filter that is being typed.
  var filterAdvice: (look: FilterLook, text: String) {
    let text = input.text
    guard !text.isEmpty else { return (.valid, candidates.prefix(12).joined(separator: " ")) }
    do throws(QueryProblem) {
      _ = try Query(text)
      return (.valid, "")
    } catch {
      guard error.isIncomplete else { return (.invalid, "\(error)") }
      return (.incomplete, candidates.prefix(12).joined(separator: " "))
    }
  }

  enum FilterLook {
    case valid, incomplete, invalid
  }

  private var candidates: [String] { completion.candidates.map(\.text) }

  private var completion: QueryCompletion {
    Query.complete(input.head, devices: snapshot.devices.map(\.id))
  }

  /// Completes the word before the cursor as far as all candidates agree.
  mutating func completeFilter() {
    let completion = completion
    guard var common = completion.candidates.first?.text else { return }
    for candidate in completion.candidates.dropFirst() {
      common = String(zip(common, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
    guard common.count >= completion.replaced else { return }
    input.complete(common, replacing: completion.replaced)
  }
}

extension HistorySnapshot {
  /// Whether a transaction is wanted by a filter.
  func passes(_ number: UInt64, _ run: inout QueryRun) -> Bool {
    guard let (chunk, place) = locate(number), let subject = chunk.subject(at: place) else {
      return false
    }
    let device = Int(subject.device)
    return run.matches(subject, id: devices.indices.contains(device) ? devices[device].id : "?")
  }
}
