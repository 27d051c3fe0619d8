import Model
import Rules
import VirtioSpec

extension Report {
  /// The report as `vtrace-report/1`.
  ///
  /// Beyond the contract's keys: `input` on devices and findings is the position in `inputs`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-report/1")
      writer.field("inputs", inputs) { $0.input($1.summary) }
      writer.key("devices")
      writer.array { writer in
        for (number, input) in inputs.enumerated() {
          for device in input.devices { writer.object { $0.device(device, number, input) } }
        }
      }
      writer.key("findings")
      writer.array { writer in
        for (number, input) in inputs.enumerated() {
          for finding in input.findings { writer.object { $0.finding(finding, number, input) } }
        }
      }
      writer.key("connections")
      writer.array { writer in
        for (number, input) in inputs.enumerated() {
          for entry in input.sockets.connections { writer.object { $0.connection(entry, number) } }
        }
      }
      writer.key("rules")
      writer.object { $0.rules(inputs.map(\.rules)) }
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  mutating func input(_ summary: InputSummary) {
    field("path", summary.path)
    field("format", summary.format)
    field("records", summary.records)
    field("bytes", summary.bytes)
    field("skipped", summary.skipped) { writer, skip in
      writer.field("reason", skip.reason)
      writer.field("count", skip.count)
      writer.field("first", skip.first)
    }
    field("lost", summary.lost)
    field("firstTime", summary.firstTime.map(seconds))
    field("lastTime", summary.lastTime.map(seconds))
    field("truncated", summary.truncated)
    field("evidence", summary.evidence.names)
    field("problems", summary.problems) { writer, problem in
      writer.field(summary.placesAreLines ? "line" : "offset", problem.place)
      writer.field("text", problem.text)
    }
    field("remarks", summary.remarks)
  }

  mutating func device(_ device: Device, _ number: Int, _ input: Report.Input) {
    field("id", device.id)
    field("transport", device.profile.transport.name)
    key("type")
    raw(device.profile.type.map { "\($0.rawValue)" } ?? "null")
    field("name", device.typeName)
    field("input", number)
    field("fromHint", device.profile.fromHint)
    let places = Places(input.summary)
    let sessions = device.sessions
    key("sessions")
    array { writer in
      for (place, session) in sessions.enumerated() {
        writer.object { $0.session(session, isLast: place == sessions.count - 1, places) }
      }
    }
  }

  mutating func session(_ session: Session, isLast: Bool, _ places: Places) {
    field("index", session.index)
    field("firstRecord", session.firstRecord.record)
    field("lastRecord", session.lastRecord.record)
    field("startKnown", session.startKnown)
    field("interface", session.interfaceName)
    field("interfaceEvidence", session.interfaceReason(places))
    if session.profile.transport == .ccw {
      key("revision")
      raw(session.revision >= 0 ? "\(session.revision)" : "null")
    }
    field("offered", session.offered.hexadecimalText)
    field("offeredNames", session.offered.names(in: session))
    field("accepted", session.accepted.hexadecimalText)
    field("acceptedNames", session.accepted.names(in: session))
    field("status", hexadecimal(session.status.rawValue, digits: 2))
    field("statusNames", session.status.names)
    field("outcome", session.outcomeName(isLast: isLast))
    field("queues", session.queues.filter(\.isUsed)) {
      $0.queue($1, session, places)
    }
    field("config", session.configFields()) { writer, value in
      writer.field("name", value.name)
      writer.field("value", value.text)
      writer.field("firstRecord", value.first.record)
    }
    field("initialization", session.initializationTime.map(seconds))
  }

  mutating func queue(_ queue: Queue, _ session: Session, _ places: Places) {
    field("index", queue.index)
    var name: String?
    if case .named(let known) = session.virtqueueName(queue.index) { name = known }
    field("name", name)
    field("exists", session.virtqueueName(queue.index) != .absent)
    field("layout", session.layoutName)
    field("size", queue.size)
    field("maxSize", queue.maxSize)
    field("enabled", queue.isEnabled)
    field("descriptors", hexadecimal(queue.descriptors))
    field("driver", hexadecimal(queue.driverArea))
    field("device", hexadecimal(queue.deviceArea))
    field("kicks", queue.kicks)
    field("interrupts", queue.interrupts)
    key("vector")
    raw(queue.vector >= 0 && queue.vector != 0xffff ? "\(queue.vector)" : "null")
    key("rings")
    if let ring = session.ring(queue.index) {
      object { writer in
        writer.totals(ring.totals)
        writer.field("hints", session.hints(of: queue.index, now: places.end)) { $0.hint($1) }
      }
    } else {
      raw("null")
    }
  }

  mutating func finding(_ finding: Finding, _ number: Int, _ input: Report.Input) {
    let device = input.devices[Int(finding.device)].id
    self.finding(finding, device: device, in: input.summary) { $0.field("input", number) }
  }

  /// What a finding says; `more` writes keys of the report that it stands in.
  mutating func finding(
    _ finding: Finding, device: String, in summary: InputSummary,
    more: (inout JSONWriter) -> Void = { _ in }
  ) {
    field("rule", finding.rule)
    field("also", finding.also)
    field("severity", finding.severity.rawValue)
    field("level", finding.row?.level.rawValue)
    field("actor", finding.row?.actor.rawValue)
    field("device", device)
    field("session", finding.session)
    more(&self)
    place(finding.reference, summary)
    field("message", finding.message)
    field("count", finding.count)
    field("firstRecord", finding.reference.record)
    field("lastRecord", finding.last.record)
    field("evidence", finding.evidence) { writer, evidence in
      writer.place(evidence.reference, summary)
      writer.field("text", evidence.text)
    }
    field("help", finding.help)
    key("spec")
    object { writer in
      writer.field("version", SpecVersion.latest.description)
      writer.field("judgedBy", finding.spec.description)
      writer.field("section", finding.row?.section)
      writer.field("label", finding.row?.label)
    }
  }

  mutating func place(_ reference: RecordReference, _ summary: InputSummary) {
    field("record", reference.record)
    field("time", seconds(reference.time))
    field(summary.placesAreLines ? "line" : "offset", reference.location)
  }

  mutating func rules(_ verdicts: [RuleVerdicts]) {
    field("violated", verdicts.map(\.violated.count).reduce(0, +))
    field("held", verdicts.map(\.held.count).reduce(0, +))
    field("notExercised", verdicts.map(\.notExercised.count).reduce(0, +))
    field("undecidable", verdicts.flatMap(\.undecidable)) { writer, entry in
      writer.field("rule", entry.rule)
      writer.field("reason", entry.reason)
    }
  }
}

extension EvidenceSet {
  /// The names that the contract gives.
  var names: [String] {
    let all: [(EvidenceSet, String)] = [
      (.access, "access"), (.kick, "kick"), (.interrupt, "interrupt"), (.memory, "memory"),
      (.topology, "topology"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
