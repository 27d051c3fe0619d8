internal import Glibc

/// A process that has `/dev/kvm` open, and so runs a virtual machine.
public struct VirtualMachine: Sendable, Equatable {
  public var process: Int32
  /// The beginning of its command line.
  public var command: String

  /// Those of this machine, by number, as far as they are visible from here.
  public static func all() -> [VirtualMachine] {
    let names = (try? Folder.names(in: "/proc")) ?? []
    return names.compactMap(Int32.init).sorted().filter(hasKVM).map {
      VirtualMachine(process: $0, command: command(of: $0))
    }
  }

  private static func hasKVM(_ process: Int32) -> Bool {
    let folder = "/proc/\(process)/fd"
    let files = (try? Folder.names(in: folder)) ?? []
    return files.contains { SystemFile.target("\(folder)/\($0)") == "/dev/kvm" }
  }

  private static func command(of process: Int32) -> String {
    let bytes = SystemFile.read("/proc/\(process)/cmdline") ?? []
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let text = words.joined(separator: " ").unicodeScalars.filter { $0.value >= 0x20 }
    return String(String.UnicodeScalarView(text.prefix(100)))
  }

  /// The threads of a process, and the kernel's own that serve it by its number (`vhost-1234`).
  static func threads(of process: Int32) -> [Int32] {
    let names = (try? Folder.names(in: "/proc/\(process)/task")) ?? []
    return names.compactMap(Int32.init)
  }

  /// The kernel's threads that work for a process and bear its number in their name.
  static func helpers(of process: Int32) -> [Int32] {
    let names = (try? Folder.names(in: "/proc")) ?? []
    let wanted = ["vhost-\(process)", "kvm-nx-lpage-re-\(process)", "kvm-pit/\(process)"]
    return names.compactMap(Int32.init).filter { other in
      SystemFile.text("/proc/\(other)/comm").map(wanted.contains) ?? false
    }
  }

  /// Whether the process runs: one that ended and that nobody asked after yet does not.
  static func isRunning(_ process: Int32) -> Bool {
    guard let text = SystemFile.text("/proc/\(process)/stat"),
      let end = text.lastIndex(of: ")")
    else { return false }
    let state = text[text.index(after: end)...].first { $0 != " " }
    return state != "Z" && state != "X"
  }
}
