import Model
import Recordings

/// What a reader made of one input.
struct TextResult {
  var items: [Collector.Item]
  var summary: InputSummary

  /// How many accesses of each kind there are.
  var kinds: [Access.Kind: Int] {
    items.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
  }

  func skipped(_ reason: String) -> UInt64 {
    summary.skipped.first { $0.reason == reason }?.count ?? 0
  }
}

func readLog(_ source: consuming ByteSource) throws -> TextResult {
  var source = source
  var reader = QEMULogReader()
  var sink = Collector()
  var summary = InputSummary(path: source.path)
  try reader.read(&source, into: &sink, summary: &summary)
  return TextResult(items: sink.items, summary: summary)
}

/// Reads the lines of `text` as a QEMU log.
func readLog(_ text: String, piece: Int = .max) throws -> TextResult {
  try readLog(ByteSource(bytes: Array(text.utf8), piece: piece))
}

func readFtrace(_ source: consuming ByteSource) throws -> TextResult {
  var source = source
  var reader = FtraceTextReader()
  var sink = Collector()
  var summary = InputSummary(path: source.path)
  try reader.read(&source, into: &sink, summary: &summary)
  return TextResult(items: sink.items, summary: summary)
}

/// Reads the lines of `text` as ftrace's or perf's.
func readFtrace(_ text: String, piece: Int = .max) throws -> TextResult {
  try readFtrace(ByteSource(bytes: Array(text.utf8), piece: piece))
}
