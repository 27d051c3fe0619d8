public import Model
public import Rules
import VirtioSpec

/// One object a line, each with a `type`: `transaction`, `finding`, `session`, `summary`.
///
/// Lines are made as the input is read, so that a pipe can be followed. A finding is written where
/// it arose, with the count it had then; the `summary` has the final counts.
public struct JSONLines: Sendable {
  public init() {}

  /// The line for a transaction that `device` has not taken yet.
  public func transaction(_ step: Transaction, of device: Device) -> String {
    line("transaction") { writer in
      writer.field("record", step.reference.record)
      writer.field("time", seconds(step.reference.time))
      writer.field("device", device.id)
      writer.field("session", device.current.index)
      let isDevice = step.traits.contains(.byDevice) || step.isFact
      writer.field("side", isDevice ? "device" : "driver")
      writer.field("text", step.text + step.toldText(in: device.current))
      let meaning = step.meaning(in: device.current)
      if !meaning.isEmpty { writer.field("meaning", meaning) }
      if step.hasValue, !step.isFact { writer.field("value", hexadecimal(step.value)) }
      if let chain = step.request(in: device.current) {
        writer.key("request")
        writer.object { $0.request(chain, step) }
      }
    }
  }

  /// The line for a finding of the input.
  public func finding(_ finding: Finding, in input: Report.Input) -> String {
    line("finding") { $0.finding(finding, 0, input) }
  }

  /// The line for a session of `device`.
  public func session(
    _ session: Session, of device: Device, isLast: Bool, summary: InputSummary
  ) -> String {
    line("session") { writer in
      writer.field("device", device.id)
      writer.field("transport", device.profile.transport.name)
      writer.field("name", device.typeName)
      writer.session(session, isLast: isLast, Places(summary))
    }
  }

  /// The last line of an input.
  public func summary(_ input: Report.Input) -> String {
    line("summary") { writer in
      writer.key("input")
      writer.object { $0.input(input.summary) }
      writer.field("findings", input.findings) { writer, finding in
        writer.field("rule", finding.rule)
        writer.field("device", input.devices[Int(finding.device)].id)
        writer.field("session", finding.session)
        writer.field("record", finding.reference.record)
        writer.field("count", finding.count)
      }
      writer.key("rules")
      writer.object { $0.rules([input.rules]) }
    }
  }

  private func line(_ type: String, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(indent: nil)
    writer.object { writer in
      writer.field("type", type)
      body(&writer)
    }
    return writer.text + "\n"
  }
}
