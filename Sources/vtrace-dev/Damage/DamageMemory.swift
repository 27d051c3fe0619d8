import Foundation

/// The most memory that this process had at once, as the kernel counts it.
struct DamageMemory {
  private var base = 0

  /// Counts from here on.
  mutating func begin() {
    // 5 makes the peak what is used now (proc_pid_clear_refs(5)).
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    base = Self.figure("VmRSS:") ?? 0
  }

  /// KiB that were used at once beyond what was used at `begin`.
  var peak: Int { max((Self.figure("VmHWM:") ?? 0) - base, 0) }

  /// A figure of /proc/self/status in KiB.
  private static func figure(_ name: String) -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(name) else { continue }
      return text.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    }
    return nil
  }
}
