internal import Glibc

/// The file system by which the kernel's tracing is used.
struct TraceFS {
  let root: String

  /// Finds where tracefs is mounted; `root` says it, where it is not empty.
  init(root: String = "") throws(RecordingError) {
    guard root.isEmpty else {
      self.root = root
      return
    }
    let mounts = SystemFile.text("/proc/self/mounts") ?? ""
    guard let place = Self.place(in: mounts) else {
      throw RecordingError(
        .unsupported(
          "tracefs is not mounted here; as root: mount -t tracefs nodev /sys/kernel/tracing"),
        path: "kvm")
    }
    self.root = place
  }

  /// The mount point in the text of `/proc/self/mounts`: its own one, else the one below debugfs.
  static func place(in mounts: String) -> String? {
    var found: String?
    for line in mounts.split(separator: "\n") {
      // `DEVICE PLACE TYPE …`, blanks in a place written as `\040`.
      let words = line.split(separator: " ")
      guard words.count >= 3 else { continue }
      let place = unescaped(words[1])
      if words[2] == "tracefs" {
        if place == "/sys/kernel/tracing" { return place }
        found = found ?? place
      } else if words[2] == "debugfs", found == nil,
        SystemFile.read(place + "/tracing/trace_clock") != nil
      {
        found = place + "/tracing"
      }
    }
    return found
  }

  private static func unescaped(_ word: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(word.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Why something could not be done, with the right that is missing where it is that.
  func problem(_ what: String) -> RecordingError {
    let (code, message) = (errno, lastSystemMessage())
    guard code == EACCES || code == EPERM else {
      return RecordingError(.system(doing: what, message: message), path: root)
    }
    var text =
      "the right to \(what) is missing (\(message)): run vtrace as root, or let root give your "
      + "group that right: mount -o remount,gid=GROUP,mode=770 \(root)"
    if let lockdown = SystemFile.text("/sys/kernel/security/lockdown"),
      lockdown.contains("[confidentiality]")
    {
      text += "; the kernel's lockdown is \"confidentiality\", which forbids tracing to everybody"
    }
    return RecordingError(.unsupported(text), path: root)
  }
}
