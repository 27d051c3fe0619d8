import Comparison
import Model
import Rules
import VirtioSpec

extension DiffReport {
  /// The report as `vtrace-diff/1`.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-diff/1")
      writer.field("same", comparison.isSame)
      writer.field("spec", version.description)
      if let filter { writer.field("filter", filter) }
      writer.key("good")
      writer.object { $0.input(good.summary) }
      writer.key("bad")
      writer.object { $0.input(bad.summary) }
      writer.field("devices", comparison.devices) { device($1, &$0) }
      summary(&writer)
    }
    return writer.text + "\n"
  }

  private func summary(_ writer: inout JSONWriter) {
    let counts = counts
    writer.key("summary")
    writer.object { writer in
      writer.field("devicesSame", counts.devicesSame)
      writer.field("devicesDifferent", counts.devicesDifferent)
      writer.field("devicesUnpaired", counts.devicesUnpaired)
      writer.field("sessionsUnpaired", counts.livesUnpaired)
      writer.field("sameSteps", counts.sameSteps)
      for kind in Difference.Kind.allCases {
        writer.field(kind.rawValue, counts.kinds[kind] ?? 0)
      }
      writer.field("findingsOnlyGood", counts.onlyGood)
      writer.field("findingsOnlyBad", counts.onlyBad)
      writer.field("status", status)
    }
  }

  private func device(_ device: DeviceComparison, _ writer: inout JSONWriter) {
    let one = device.good ?? device.bad
    writer.field("good", device.good?.id)
    writer.field("bad", device.bad?.id)
    writer.field("pairedBy", device.reason == .unpaired ? nil : device.reason.rawValue)
    writer.field("same", device.isSame)
    writer.key("type")
    writer.raw((one?.type).map { "\($0.rawValue)" } ?? "null")
    writer.field("name", one?.typeName)
    writer.field("transport", one?.transport.name)
    writer.field("otherTransport", device.bad?.transport.name)
    writer.field("facts", device.facts) { difference($1, words(device, nil), &$0) }
    writer.field("sessions", device.lives) { life($1, device, &$0) }
    writer.key("findings")
    writer.object { findings(device, &$0) }
  }

  private func life(
    _ life: LifeComparison, _ device: DeviceComparison, _ writer: inout JSONWriter
  ) {
    let words = words(device, life)
    for (name, side) in [("good", life.good), ("bad", life.bad)] {
      writer.key(name)
      guard let side else {
        writer.raw("null")
        continue
      }
      writer.object { writer in
        writer.field("index", side.session)
        writer.field("firstRecord", side.first.record)
        writer.field("lastRecord", side.last.record)
        writer.field("startKnown", side.startKnown)
        writer.field("steps", side.steps.count)
      }
    }
    writer.field("same", life.isSame)
    writer.field("sameSteps", life.sameCount)
    let ends = life.endsEarly.map { $0 == .good ? "good" : "bad" }
    writer.field("endsFirst", ends)
    writer.field("differences", life.differences) { difference($1, words, &$0) }
    writer.field("remarks", life.remarks)
  }

  private func difference(
    _ difference: Difference, _ words: StepWords, _ writer: inout JSONWriter
  ) {
    writer.field("kind", difference.kind.rawValue)
    writer.field("actor", difference.isOfDevice ? "device" : "driver")
    writer.field("text", words.headline(difference))
    for (name, step, summary) in [
      ("good", difference.good, good.summary), ("bad", difference.bad, bad.summary),
    ] {
      writer.key(name)
      guard let step else {
        writer.raw("null")
        continue
      }
      writer.object { writer in
        writer.place(step.first, summary)
        writer.field("lastRecord", step.last.record)
        writer.field("count", step.count)
        writer.field("text", words.text(step))
      }
    }
    guard difference.kind == .features, let mine = difference.good, let theirs = difference.bad
    else { return }
    writer.field("onlyGood", words.names(of: words.onlyIn(mine, not: theirs)))
    writer.field("onlyBad", words.names(of: words.onlyIn(theirs, not: mine)))
  }

  private func findings(_ device: DeviceComparison, _ writer: inout JSONWriter) {
    writer.field("onlyGood", device.onlyGood) {
      $0.finding($1, device: device.good?.id ?? "", in: good.summary)
    }
    writer.field("onlyBad", device.onlyBad) {
      $0.finding($1, device: device.bad?.id ?? "", in: bad.summary)
    }
    writer.field("undecidable", device.undecidable) { writer, entry in
      writer.field("rule", entry.finding.rule)
      writer.field("foundIn", entry.isGood ? "good" : "bad")
      writer.field("reason", entry.reason)
    }
  }
}
