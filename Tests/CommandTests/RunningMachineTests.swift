import Foundation
import Testing

/// `vtrace rings` with the memory of a running QEMU, against QEMU's own view of the same queues.
@Suite(.serialized) struct RunningMachineTests {
  /// A way in which guest memory is held, and a way in which the disk is driven.
  struct Machine: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    /// The disk's name in the report.
    var disk: String
  }

  static let machines: [Machine] = [
    Machine(
      testDescription: "shared file, behind a bridge",
      arguments: [
        "-machine", "q35,memory-backend=mem0", "-m", "64", "-object",
        "memory-backend-file,id=mem0,size=64M,mem-path=FOLDER/ram,share=on", "-device",
        "pcie-root-port,id=root0,addr=3", "-device", "virtio-blk-pci,drive=disk,bus=root0",
        "-device", "virtio-scsi-pci,addr=5", "-device", "virtio-rng-pci",
      ], disk: "0000:01:00.0"),
    Machine(
      testDescription: "memfd",
      arguments: [
        "-machine", "pc,memory-backend=mem0", "-m", "64", "-object",
        "memory-backend-memfd,id=mem0,size=64M,share=on", "-device",
        "virtio-blk-pci,drive=disk,addr=4",
      ], disk: "0000:00:04.0"),
    Machine(
      testDescription: "anonymous memory, legacy driver",
      arguments: [
        "-machine", "pc", "-m", "64", "-device",
        "virtio-blk-pci,drive=disk,addr=6,disable-modern=on",
      ], disk: "0000:00:06.0"),
    Machine(
      testDescription: "file that is not shared",
      arguments: [
        "-machine", "pc,memory-backend=mem0", "-m", "64", "-object",
        "memory-backend-file,id=mem0,size=64M,mem-path=FOLDER/ram,share=off", "-device",
        "virtio-blk-pci,drive=disk,addr=7",
      ], disk: "0000:00:07.0"),
  ]

  /// Waits until a request of the disk is in flight and stays so, then compares every queue and the
  /// requests in it.
  private static let comparison = #"""
    import json, socket, subprocess, sys, time
    path, vtrace, disk = sys.argv[1:4]
    class QMP:
        def __enter__(self):
            self.socket = socket.socket(socket.AF_UNIX); self.socket.settimeout(10)
            self.socket.connect(path); self.file = self.socket.makefile("rw")
            self.file.readline(); self.ask("qmp_capabilities"); return self
        def __exit__(self, *_): self.file.close(); self.socket.close()
        def ask(self, command, **arguments):
            self.file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
            self.file.flush()
            while True:
                answer = json.loads(self.file.readline())
                if "return" in answer: return answer["return"]
                if "error" in answer: return None
    def truth():
        result = {}
        with QMP() as qmp:
            for device in qmp.ask("x-query-virtio"):
                path = device["path"]
                status = qmp.ask("x-query-virtio-status", path=path)
                for index in range(status["num-vqs"]):
                    queue = qmp.ask("x-query-virtio-queue-status", path=path, queue=index)
                    if not queue or not queue["vring-desc"]: continue
                    head = qmp.ask("x-query-virtio-queue-element", path=path, queue=index)
                    name = device["name"].removeprefix("virtio-")
                    result[name, index] = queue, head if queue["inuse"] else None
        return result
    def busy(queues): return any(queue["inuse"] == 1 for queue, _ in queues.values())
    for attempt in range(100):
        before = truth()
        if busy(before):
            run = subprocess.run([vtrace, "rings", "--memory", "qmp:" + path, "--format", "json"],
                                 capture_output=True, text=True)
            run.returncode == 0 or sys.exit(run.stderr)
            if truth() == before: break
        time.sleep(0.1)
    else: sys.exit("no request stays in flight")
    report = json.loads(run.stdout)
    ours = {(d["name"], q["index"]): (d, q) for d in report["devices"] for q in d["queues"]}
    ours.keys() == before.keys() or sys.exit(f"{ours.keys()} are not {before.keys()}")
    def same(a, b, what): a == b or sys.exit(f"{key} {what}: {a} is not {b}")
    for key, (device, mine) in ours.items():
        said, element = before[key]
        same(mine["size"], said["vring-num"], "size")
        same(int(mine["descriptors"], 16), said["vring-desc"], "descriptors")
        same(int(mine["driver"], 16), said["vring-avail"], "driver area")
        same(int(mine["device"], 16), said["vring-used"], "device area")
        same(mine["usedIndex"], said["used-idx"], "used index")
        same(mine["availIndex"], said["shadow-avail-idx"], "shadow avail index")
        same(mine["inFlight"], said["inuse"], "in use")
        same((mine["faults"], mine["undecidable"], mine["stable"]), ([], [], True), "faults")
        if not element: continue
        [chain] = mine["pending"]
        same(device["id"].startswith(disk), True, device["id"])
        same(element["avail"]["idx"], mine["availIndex"], "element's avail index")
        same(element["used"]["idx"], mine["usedIndex"], "element's used index")
        if element["index"] == chain["head"]:
            same([(int(b["address"], 16), b["length"], "write" in b["flags"])
                  for b in reversed(chain["chain"])],
                 [(b["addr"], b["len"], "write" in b["flags"]) for b in element["descs"]], "buffers")
    """#

  @Test(arguments: machines) func agreesWithQEMU(machine: Machine) throws {
    let qemu = try QEMU(machine.arguments, speed: 2048)
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", Self.comparison, qemu.socket, Command.vtrace.path, machine.disk])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  private func queues(_ command: Command) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8))
    let devices = (object as? [String: Any])?["devices"] as? [[String: Any]] ?? []
    return devices.flatMap { $0["queues"] as? [[String: Any]] ?? [] }
  }

  /// A disk at full speed: the ring moves, and nobody is accused.
  @Test(arguments: ["anonymous", "file"]) func aGuestThatGoesOnIsNotAccused(kind: String) throws {
    let memory =
      kind == "file"
      ? [
        "-machine", "pc,memory-backend=mem0", "-object",
        "memory-backend-file,id=mem0,size=64M,mem-path=FOLDER/ram,share=on",
      ] : ["-machine", "pc"]
    let qemu = try QEMU(memory + ["-m", "64", "-device", "virtio-blk-pci,drive=disk"])
    var indexes: Set<Int> = []
    for _ in 0..<100 where indexes.count < 5 {
      let report = try Command.vtrace(
        "rings", "--memory", "qmp:\(qemu.socket)", "--format", "json", "--slots")
      #expect(report.status == 0, "\(report.errors)")
      for queue in try queues(report) {
        #expect((queue["faults"] as? [Any])?.isEmpty == true, "\(queue)")
        let pending = queue["pending"] as? [[String: Any]] ?? []
        #expect(pending.allSatisfy { ($0["faults"] as? [Any])?.isEmpty == true }, "\(pending)")
        if let index = queue["usedIndex"] as? Int, index > 4 { indexes.insert(index) }
      }
    }
    #expect(indexes.count >= 5)
  }

  /// The hole of a PC below 4 GiB: a ring that lies behind it, put there by QEMU's loader.
  @Test(arguments: ["", "memory-backend-file,id=mem0,size=4G,mem-path=FOLDER/ram,share=on"])
  func memoryGoesOnBehindTheHole(object: String) throws {
    var ring = [UInt8](repeating: 0, count: 0x3000)
    // Descriptor 1: 0x20 bytes at 0x123456000; head 1 is available.
    ring.replaceSubrange(
      16..<32, with: [0, 0x60, 0x45, 0x23, 1, 0, 0, 0, 0x20] + Array(repeating: 0, count: 7))
    ring.replaceSubrange(0x1002..<0x1006, with: [1, 0, 1, 0])
    let memory =
      object.isEmpty
      ? ["-machine", "q35"] : ["-machine", "q35,memory-backend=mem0", "-object", object]
    let qemu = try QEMU(
      memory + [
        "-m", "4G", "-device", "loader,file=FOLDER/ring,addr=0x100000000,force-raw=on",
      ], files: ["ring": ring])
    let report = try Command.vtrace(
      "rings", "--memory", "qmp:\(qemu.socket)", "--format", "json", "--queue",
      "desc=0x100000000,driver=0x100001000,device=0x100002000,size=4")
    #expect(report.status == 0, "\(report.errors)")
    let queue = try #require(try queues(report).first)
    #expect(queue["availIndex"] as? Int == 1 && queue["usedIndex"] as? Int == 0)
    let chain = (queue["pending"] as? [[String: Any]])?.first?["chain"] as? [[String: Any]]
    #expect(chain?.first?["address"] as? String == "0x123456000")
    #expect(chain?.first?["length"] as? Int == 0x20)
    #expect((queue["faults"] as? [Any])?.isEmpty == true)
  }

  @Test func noSuchSocket() throws {
    let report = try Command.vtrace("rings", "--memory", "qmp:/nonexistent/qmp")
    #expect(report.status == 2)
    #expect(report.errors.contains("/nonexistent/qmp: cannot connect to it: No such file"))
  }

  /// Runs `vtrace` as somebody who may talk to QEMU, but not trace it.
  private func asNobody(_ qemu: QEMU) throws -> Command {
    for path in [qemu.folder.path, qemu.socket] {
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    }
    return try Command.run(
      URL(filePath: "/usr/bin/setpriv"),
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", Command.vtrace.path, "rings",
        "--memory", "qmp:\(qemu.socket)", "--format", "json",
      ])
  }

  /// Needs another user, so only root can try; `aMissingRightIsNamedWithItsRemedy` tries the words
  /// for everybody.
  @Test(.enabled(if: geteuid() == 0)) func aMissingRightIsStatus2() throws {
    let qemu = try QEMU(["-machine", "pc", "-m", "64"])
    let report = try asNobody(qemu)
    #expect(report.status == 2)
    #expect(
      report.errors.contains(
        "the right to trace process \(qemu.identifier) of user 0 (PTRACE_MODE_ATTACH) is missing"),
      "\(report.errors)")
    #expect(report.errors.contains("Run vtrace as root or as user 0 or with CAP_SYS_PTRACE"))
    #expect(report.errors.contains("memory-backend-file"))
  }

  /// A shared file takes the right to read it, and no other.
  @Test(.enabled(if: geteuid() == 0)) func aFileTakesNoRightButItsOwn() throws {
    let qemu = try QEMU([
      "-machine", "pc,memory-backend=mem0", "-m", "64", "-object",
      "memory-backend-file,id=mem0,size=64M,mem-path=FOLDER/ram,share=on",
    ])
    let ram = qemu.folder.appending(path: "ram").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: ram)
    let allowed = try asNobody(qemu)
    #expect(allowed.status == 0, "\(allowed.errors)")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: ram)
    let refused = try asNobody(qemu)
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains("the right to read that file is missing (\(ram): cannot open it"),
      "\(refused.errors)")
  }
}
