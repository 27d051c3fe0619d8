internal import Model
internal import Wire

extension EventDecoder {
  /// Says in `summary` what the recording held.
  func describe(_ contents: TraceDatContents, in summary: inout InputSummary) {
    describeEvents(in: &summary)
    describeBuffers(contents, in: &summary)
    summary.remarks += contents.remarks
    describeThreads(contents.commands, in: &summary)
  }

  /// How many events there were, and which were passed over.
  func describeEvents(in summary: inout InputSummary) {
    summary.records = record
    summary.lost = lost
    summary.lostUnknown = lostUnknown
    summary.evidence = evidence
    if record > 0 {
      summary.firstTime = Int64(bitPattern: firstTime)
      summary.lastTime = Int64(bitPattern: lastTime)
    }
    describeSkipped(in: &summary)
  }

  /// KVM's events by name, all others by the directory that their formats stand in.
  private func describeSkipped(in summary: inout InputSummary) {
    let ids = skipped.indices.filter { skipped[$0].count > 0 }
    for id in ids.sorted(by: { skipped[$0].first < skipped[$1].first }) {
      guard let name = table.names[id] else { continue }
      let reason =
        name.system == "kvm" || name.system == "ftrace"
        ? "\(name.event) event" : "events of \(name.system)"
      summary.skip(reason, record: skipped[id].first, count: skipped[id].count)
    }
    for (reason, counter) in [
      ("event without a format in the file", unknown),
      ("event shorter than its format says", short),
      ("event of a thread that was not asked for", foreign),
    ] where counter.count > 0 {
      summary.skip(reason, record: counter.first, count: counter.count)
    }
  }

  private func describeBuffers(_ contents: TraceDatContents, in summary: inout InputSummary) {
    let header = contents.header
    var text = "version \(header.version)"
    if header.compression != "none" { text += ", \(header.compression)" }
    if !contents.clock.name.isEmpty { text += ", clock \(contents.clock.name)" }
    let cpus = contents.buffers.map(\.regions.count).max() ?? 0
    text += ", \(cpus) \(cpus == 1 ? "CPU" : "CPUs")"
    summary.remarks.append(text)
    let names = contents.buffers.map(\.name).filter { !$0.isEmpty }
    if !names.isEmpty {
      summary.remarks.append("trace instances read together: \(names.joined(separator: ", "))")
    }
  }

  /// The threads that made accesses, so that a person can tell machines apart.
  func describeThreads(_ commands: [Int32: String], in summary: inout InputSummary) {
    let (threads, count) = seenThreads.listed(limit: 16)
    guard count > 0 else { return }
    let names = threads.map { thread in
      commands[thread].map { "\(thread) (\($0))" } ?? "\(thread)"
    }
    let more = count > names.count ? " and \(count - names.count) more" : ""
    summary.remarks.append("accesses by threads \(names.joined(separator: ", "))\(more)")
  }
}
