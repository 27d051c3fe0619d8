import Rules

/// What a mutation run came to, as text.
public struct MutationReport: Sendable {
  private let run: MutationRun

  public init(_ run: MutationRun) { self.run = run }

  /// A line for each rule: how often it was broken, caught and missed, and how many faults had
  /// findings that nothing explains.
  public var table: String {
    var lines = ["rule\tfaults\tcaught\tmissed\tunexplained"]
    let grouped = Dictionary(grouping: run.trials, by: \.mutation.rule)
    for (rule, trials) in grouped.sorted(by: { $0.key < $1.key }) {
      let caught = trials.count { $0.isCaught }
      let unexplained = trials.count { !$0.unexplained.isEmpty }
      lines.append("\(rule)\t\(trials.count)\t\(caught)\t\(trials.count - caught)\t\(unexplained)")
    }
    for mutation in run.unplaced { lines.append("\(mutation.rule)\tno place: \(mutation.fault)") }
    for rule in run.heldWithoutMutation { lines.append("\(rule)\tno mutation") }
    return lines.joined(separator: "\n")
  }

  /// Faults that were missed or have consequences which are not explained: for each mutation what
  /// went wrong, how often, and one example.
  public var details: String {
    var examples: [String: String] = [:]
    var counts: [String: Int] = [:]
    for trial in run.trials {
      let place = "\(trial.recording) record \(trial.record), \(trial.device)"
      var troubles = trial.unexplained.map { ($0.rule, "\(place)\n        \($0.text)") }
      if !trial.isCaught { troubles.append(("MISSED, \(trial.verdict)", place)) }
      for (trouble, example) in troubles {
        let key = "\(trial.mutation.rule): \(trial.mutation.fault)\n    \(trouble)"
        counts[key, default: 0] += 1
        if examples[key] == nil { examples[key] = example }
      }
    }
    return counts.sorted { $0.key < $1.key }
      .map { "\($0.key): \($0.value) times, as in \(examples[$0.key] ?? "")" }
      .joined(separator: "\n")
  }

  public var summary: String {
    let total = run.trials.count
    let share = total == 0 ? 0 : Double(run.caught * 10_000 / total) / 100
    return "\(run.recordings) recordings, \(total) faults of "
      + "\(Set(run.trials.map(\.mutation.rule)).count) rules: \(run.caught) caught (\(share) %), "
      + "\(run.missed) missed, \(run.withUnexplained) with an unexplained finding of another rule; "
      + "\(run.heldWithoutMutation.count) held rules without a mutation"
  }
}
