internal import Glibc
public import Policies

/// Paths as policies need them, and the day.
public enum PolicyPaths {
  /// The name of a policy's file.
  public static var fileName: String { ".vtrace.yml" }

  /// The policy that is nearest: in the working directory, or in the nearest folder above it that
  /// has one.
  public static func nearestPolicy() -> String? {
    guard var folder = workingDirectory else { return nil }
    var isHere = true
    while true {
      let path = (folder == "/" ? "" : folder) + "/" + fileName
      // `access` reads the path during the call only.
      if unsafe access(path, F_OK) == 0 { return isHere ? fileName : path }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      isHere = false
    }
  }

  /// `path` as it reads from the folder of `policy`, where it lies below it; else as it is.
  public static func path(_ path: String, from policy: String) -> String {
    let folder = normal(absolute(policy)).split(separator: "/").dropLast()
    let whole = normal(absolute(path)).split(separator: "/")
    guard whole.starts(with: folder), whole.count > folder.count else { return normal(path) }
    return whole.dropFirst(folder.count).joined(separator: "/")
  }

  /// `path`, which a policy names, as it reads from the working directory.
  public static func resolve(_ path: String, from policy: String) -> String {
    guard !path.hasPrefix("/"), let slash = policy.lastIndex(of: "/") else { return path }
    return policy[...slash] + path
  }

  /// The day, in universal time.
  public static var today: CalendarDate {
    var now = time_t()
    var parts = unsafe tm()
    // Both are filled during the calls only.
    unsafe time(&now)
    guard unsafe gmtime_r(&now, &parts) != nil else {
      return CalendarDate(year: 0, month: 1, day: 1)
    }
    return unsafe CalendarDate(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
  }

  private static var workingDirectory: String? {
    // The buffer is the library's, and ours to free.
    guard let buffer = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(buffer) }
    return unsafe String(cString: buffer)
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory ?? "")/\(path)"
  }

  /// Without `.` and with `..` taken away, as far as that needs no look at the disk.
  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
