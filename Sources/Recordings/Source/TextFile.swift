/// Files that reports are written to.
public enum TextFile {
  /// Makes or replaces the file at `path`, or goes on at its end; `-` is standard output.
  public static func write(
    _ text: String, to path: String, appends: Bool = false
  ) throws(RecordingError) {
    var file = try OutputFile(path: path, appends: appends)
    file.write(Array(text.utf8))
    try file.finish()
  }
}
