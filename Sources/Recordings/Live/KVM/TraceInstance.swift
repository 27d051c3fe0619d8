internal import Glibc

/// A tracing instance of vtrace's own: buffers and switches apart from those of everybody else.
///
/// It is removed with its owner. One that a dead vtrace left behind is removed when the next one is
/// made: the kernel refuses to remove an instance that somebody has a file of open, as every living
/// vtrace does.
final class TraceInstance {
  private(set) var path = ""
  private let system: TraceFS
  /// Keeps others from taking the instance for one that was left behind.
  private var claim: Descriptor?

  /// The events that tell of devices; those that a kernel does not have are left out.
  static let events = ["kvm_mmio", "kvm_fast_mmio", "kvm_pio", "kvm_msi_set_irq", "kvm_set_irq"]
  private static var prefix: String { "vtrace-" }

  init(in system: TraceFS) throws(RecordingError) {
    self.system = system
    let folder = system.root + "/instances"
    Self.removeLeftovers(in: folder)
    for number in 1...64 where claim == nil {
      path = "\(folder)/\(Self.prefix)\(getpid())" + (number == 1 ? "" : "-\(number)")
      // The path is read during the call only.
      guard unsafe mkdir(path, 0o750) == 0 else {
        guard errno == EEXIST else { throw system.problem("make a tracing instance") }
        continue
      }
      // Where that fails, somebody else who started took it for a leftover.
      claim = try? Descriptor(path: path + "/tracing_on")
    }
    guard claim != nil else { throw system.problem("make a tracing instance") }
  }

  deinit { remove() }

  /// Removes the instance; whoever has files of it open closes them before.
  func remove() {
    claim = nil
    // The path is read during the call only. Where there is none any more, nothing is left to do.
    _ = unsafe rmdir(path)
  }

  private static func removeLeftovers(in folder: String) {
    let names = (try? Folder.names(in: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      // The path is read during the call only.
      _ = unsafe rmdir("\(folder)/\(name)")
    }
  }

  /// Writes to one of the instance's switches; false when that is refused.
  @discardableResult
  func set(_ name: String, _ value: String, appends: Bool = false) -> Bool {
    SystemFile.write(value, to: "\(path)/\(name)", appends: appends)
  }

  /// Lets events in; throws when the kernel has none of those that tell of accesses.
  func enable() throws(RecordingError) {
    var count = 0
    for event in Self.events {
      if set("events/kvm/\(event)/enable", "1") {
        count += 1
      } else if errno != ENOENT {
        throw system.problem("switch on the event \(event)")
      }
    }
    guard count > 0 else {
      throw RecordingError(
        .unsupported("the kernel has no events of KVM: load the module kvm"), path: system.root)
    }
  }

  /// Ends the flow of events; those in the buffers stay.
  func disable() { set("tracing_on", "0") }

  /// Numbers of the CPUs that have a buffer.
  var cpus: [UInt16] {
    let names = (try? Folder.names(in: path + "/per_cpu")) ?? []
    return names.compactMap { $0.hasPrefix("cpu") ? UInt16($0.dropFirst(3)) : nil }.sorted()
  }

  /// Events that were lost on a CPU since the beginning, by the kernel's own count.
  func lostEvents(of cpu: UInt16) -> UInt64 {
    let text = SystemFile.text("\(path)/per_cpu/cpu\(cpu)/stats") ?? ""
    var count: UInt64 = 0
    for line in text.split(separator: "\n") {
      for name in ["overrun: ", "dropped events: "] where line.hasPrefix(name) {
        count &+= UInt64(line.dropFirst(name.utf8.count)) ?? 0
      }
    }
    return count
  }
}
