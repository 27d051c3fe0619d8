public import Model
public import Recordings
import Reports
public import Rules

/// One reading from bytes to reports, as `analyze` does it: what hostile input must survive.
public struct WholeReading: AccessSink {
  private var analysis = Analysis()
  /// What the accesses were.
  public private(set) var prints = AccessPrints()
  /// What the source said, nil when it could not be read at all.
  public private(set) var summary: InputSummary?
  public private(set) var error: RecordingError?
  /// The reports, empty when the source could not be read at all.
  public private(set) var text = ""
  public private(set) var json = ""

  /// What was found.
  public var findings: [Finding] { analysis.verdicts.findings }

  public mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    prints.take(batch, payload: payload)
    analysis.receive(batch, payload: payload)
  }

  /// Reads `bytes`; with `listing`, every transaction is written in both forms too.
  public init(_ bytes: [UInt8], listing: Bool) {
    let lines = JSONLines()
    if listing {
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
    let report = Report(inputs: [Report.Input(summary, analysis)])
    text = report.text(Style(isColoured: false))
    json = report.json
  }
}
