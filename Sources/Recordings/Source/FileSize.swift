internal import Glibc

/// Sizes of inputs, for progress.
public enum FileSize {
  /// Bytes of the regular file at `path`, nil for anything else.
  public static func of(_ path: String) -> UInt64? {
    var status = stat()
    // `stat` fills the structure during the call only.
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return UInt64(clamping: status.st_size)
  }
}
