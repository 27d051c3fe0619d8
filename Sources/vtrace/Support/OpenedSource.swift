import Model
import Recordings

/// A source that was opened and waits to be read by a thread of its own.
///
/// Vouched for as `@unchecked Sendable`: made by one thread, then used only by the one that `read`
/// is called on.
final class OpenedSource: @unchecked Sendable {
  private var source: ByteSource
  let size: UInt64

  /// Opens the recording at `path`, `-` for standard input.
  init(path: String) throws(RecordingError) {
    source = try ByteSource(path: path)
    size = path == "-" ? 0 : FileSize.of(path) ?? 0
  }

  /// Reads it all; `onProgress` is called before each wait.
  func read(
    into sink: inout some (AccessSink & ~Copyable), onProgress: @escaping (UInt64) -> Void,
    onRecognized: @escaping (Bool) -> Void
  ) throws(RecordingError) -> InputSummary {
    source.onProgress = onProgress
    return try Recording.read(&source, into: &sink, onRecognized: onRecognized)
  }
}
