import Foundation

/// A QEMU whose firmware boots from a virtio disk, with a log of its own, held until it is let go.
final class LiveGuest {
  let qemu: QEMU

  /// What the log tells: register accesses, configuration, and what the device makes of them.
  private static let events = [
    "memory_region_ops_read", "memory_region_ops_write", "pci_cfg_read", "pci_cfg_write",
    "pci_update_mappings_add", "pci_update_mappings_del", "virtio_set_status",
    "virtio_queue_notify", "virtio_notify", "virtqueue_pop", "virtqueue_fill", "virtqueue_flush",
  ]

  /// - Parameters:
  ///   - accelerator: `kvm` or `tcg`.
  ///   - log: the name in the guest's folder of what QEMU writes its log to.
  ///   - logs: whether QEMU logs from the beginning.
  ///   - prepare: makes what has to be in the folder before QEMU starts.
  init(
    accelerator: String, log: String, logs: Bool = true,
    prepare: (URL) throws -> Void = { _ in }
  ) throws {
    let events = logs ? Self.events.flatMap { ["-trace", $0] } : []
    qemu = try QEMU(
      [
        "-no-user-config", "-machine", "q35", "-m", "64", "-cpu", "qemu64", "-S", "-msg",
        "timestamp=on", "-device", "virtio-blk-pci,drive=disk,disable-legacy=on,bootindex=1", "-D",
        "FOLDER/\(log)",
      ] + events, accelerator: accelerator, prepare: prepare)
  }

  /// Has QEMU's monitor execute a command.
  func execute(_ command: String) throws { _ = try ask(["execute": command]) }

  /// Lets QEMU log from now on.
  func beginLog() throws {
    for event in Self.events {
      _ = try ask([
        "execute": "trace-event-set-state", "arguments": ["name": event, "enable": true],
      ])
    }
  }

  /// Indexes of the disk's queue, as QEMU has them: what the driver made available, and what the device
  /// used.
  func indexes() throws -> (available: Int, used: Int) {
    let answer = try ask([
      "execute": "x-query-virtio-queue-status",
      "arguments": ["path": "/machine/peripheral-anon/device[0]/virtio-backend", "queue": 0],
    ])
    guard let queue = answer as? [String: Any], let used = queue["used-idx"] as? Int,
      let available = queue["shadow-avail-idx"] as? Int
    else { throw QEMU.Failure(text: "QEMU does not tell of the queue: \(answer)") }
    return (available, used)
  }

  /// What QEMU's monitor answers to a command.
  private func ask(_ command: [String: Any]) throws -> Any {
    let talk = """
      import json, socket, sys
      s = socket.socket(socket.AF_UNIX); s.settimeout(20); s.connect(sys.argv[1])
      f = s.makefile("rw"); f.readline()
      for c in ('{"execute": "qmp_capabilities"}', sys.argv[2]):
          f.write(c + "\\n"); f.flush()
          answer = {}
          while "return" not in answer:
              answer = json.loads(f.readline())
              if "error" in answer: sys.exit(str(answer))
      print(json.dumps(answer))
      """
    let text = String(decoding: try JSONSerialization.data(withJSONObject: command), as: UTF8.self)
    let result = try Command.run(
      URL(filePath: "/usr/bin/python3"), ["-c", talk, qemu.socket, text])
    guard result.status == 0 else { throw QEMU.Failure(text: result.errors) }
    let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (answer as? [String: Any])?["return"] ?? answer
  }
}

/// What passed between driver and device, without numbers and times, and without what only the
/// device's own side or a look at memory can tell.
func steps(of recording: String) throws -> [String] {
  let report = try Command.vtrace("analyze", "--no-rules", "--transactions", recording)
  guard report.status == 0 else { throw QEMU.Failure(text: report.errors) }
  return report.output.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ", maxSplits: 3)
    guard words.count == 4, UInt64(words[0]) != nil, words[2].hasPrefix("0000:") else { return nil }
    var text = words[3].split(separator: ";")[0].trimmingCharacters(in: .whitespaces)
    if ["taken", "used", "avail", "desc."].contains(where: text.hasPrefix) { return nil }
    if text.hasSuffix(" host") { text.removeLast(5) }
    return text
  }
}

/// A `vtrace` that runs beside the test; it is ended with its owner.
final class RunningCommand {
  let process = Process()
  private let errorFile: URL

  /// - Parameter wrapper: what starts the program: its path and what stands before the program's own.
  init(_ arguments: [String], in folder: URL, wrapper: [String] = []) throws {
    errorFile = folder.appending(path: "vtrace-errors-\(UUID().uuidString)")
    try Data().write(to: errorFile)
    let words = wrapper + [Command.vtrace.path] + arguments
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
  }

  var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

  /// Sends a signal, and waits until the program ends; returns its status.
  func end(by signal: Int32 = SIGINT) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit {
    // This process and no other.
    if process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }
}

/// Waits until something is so, at most a while.
func wait(seconds: Double = 60, until condition: () throws -> Bool) rethrows -> Bool {
  let end = Date().addingTimeInterval(seconds)
  while Date() < end {
    if try condition() { return true }
    Thread.sleep(forTimeInterval: 0.1)
  }
  return false
}
