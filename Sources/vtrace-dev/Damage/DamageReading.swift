import Foundation
import Model
import Recordings
import Reports
import Rules

/// One reading from bytes to reports, as `analyze` does it.
struct DamageReading: AccessSink {
  private var analysis = Analysis()
  private(set) var prints = AccessPrints()
  /// What the source said, nil when it could not be read at all.
  private(set) var summary: InputSummary?
  private(set) var error: RecordingError?
  /// What is wrong with the reports, nil when nothing is.
  private(set) var fault: String?

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    prints.take(batch, payload: payload)
    analysis.receive(batch, payload: payload)
  }

  /// Reads `bytes`; with `everything` all lines are written as `--transactions` and
  /// `--format jsonl` do, and all that is written is parsed.
  init(_ bytes: [UInt8], everything: Bool) {
    let lines = JSONLines()
    if everything {
      analysis.onTransaction = { step, device in
        _ = TransactionLine(start: 0).text(step, of: device)
        _ = lines.transaction(step, of: device)
      }
    }
    do throws(RecordingError) {
      var source = try ByteSource(bytes: bytes)
      summary = try Recording.read(&source, into: &self)
    } catch {
      self.error = error
    }
    analysis.finish()
    guard let summary else { return }
    write(summary, everything: everything)
  }

  private mutating func write(_ summary: InputSummary, everything: Bool) {
    let report = Report(inputs: [Report.Input(summary, analysis)])
    let text = report.text(Style(isColoured: false))
    if text.isEmpty { fault = "the report is empty" }
    let json = report.json
    guard everything else { return }
    if (try? JSONSerialization.jsonObject(with: Data(json.utf8))) == nil {
      fault = "the report is no JSON"
    }
  }
}
