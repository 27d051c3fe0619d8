import Foundation
import Testing

/// `vtrace rings` against its schema and against what QEMU said of the same queues.
@Suite struct RingsTests {
  static let names = [
    "core-split-small", "ring-packed-blk-net", "ring-packed-inflight", "ring-packed-noindirect",
    "ring-split-blk-net", "ring-split-noindirect-inflight",
  ]

  private func rings(_ name: String, _ more: String...) throws -> Command {
    try Command.run(
      Command.vtrace,
      [
        "rings", "fixtures/x86/\(name).qemu.log.zst", "--memory",
        "sparse:fixtures/x86/\(name).ram.zst",
      ] + more)
  }

  @Test(arguments: names) func jsonIsValid(name: String) throws {
    let report = try rings(name, "--format", "json", "--slots")
    #expect(report.status == 0, "\(report.errors)")
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try report.output.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.validate(json.load(open(sys.argv[2])), schema, jsonschema.Draft202012Validator)
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, "docs/schema/vtrace-rings-1.schema.json", file.path])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  /// Every queue that QEMU knows, as the JSON says it, against QEMU's answer; every element too.
  @Test(arguments: names) func agreesWithQEMU(name: String) throws {
    let report = try rings(name, "--format", "json", "--slots")
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try report.output.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import json, sys
      ours = json.load(open(sys.argv[1])); truth = json.load(open(sys.argv[2]))
      names = {d["path"]: d["name"].removeprefix("virtio-") for d in truth["x-query-virtio"]}
      for path, queues in truth["queues"].items():
          [device] = [d for d in ours["devices"] if d["name"] == names[path]]
          assert len(device["queues"]) == len(queues), "queues"
          for queue in queues:
              [mine] = [q for q in device["queues"] if q["index"] == queue["queue"]]
              said = queue["status"]; place = (names[path], queue["queue"])
              same = lambda a, b, what: a == b or sys.exit(f"{place} {what}: {a} is not {b}")
              same(mine["size"], said["vring-num"], "size")
              same(int(mine["descriptors"], 16), said["vring-desc"], "descriptors")
              same(int(mine["driver"], 16), said["vring-avail"], "driver area")
              same(int(mine["device"], 16), said["vring-used"], "device area")
              same(mine["usedIndex"], said["used-idx"], "used index")
              same(mine["faults"], [], "faults")
              if mine["inFlight"] is not None:
                  same(mine["inFlight"], said["inuse"], "in use")
              else:
                  # Nothing in memory tells it with kicks off; the log of a packed queue neither.
                  same((mine["layout"], mine["kickDue"]), ("packed", False), "unknown in flight")
              if mine["layout"] == "split":
                  same(mine["availIndex"], said["shadow-avail-idx"], "shadow avail index")
              elif mine["inFlight"] is not None:
                  next = (mine["usedIndex"] + mine["inFlight"]) % mine["size"]
                  same(next, said["shadow-avail-idx"], "shadow avail index")
              slots = {s["slot"]: s for s in mine.get("slots", [])}
              for element in queue.get("elements", []):
                  if "descs" not in element["element"]: continue
                  chain = slots[element["index"]]
                  same(chain["head"], element["element"]["index"], "head")
                  # QEMU lists the last descriptor first.
                  same([(int(b["address"], 16), b["length"], "write" in b["flags"])
                        for b in reversed(chain["chain"])],
                       [(b["addr"], b["len"], "write" in b["flags"])
                        for b in element["element"]["descs"]], "buffers")
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, file.path, "fixtures/x86/\(name).truth.json"])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  @Test func textShowsTheRequestInFlight() throws {
    let report = try rings("ring-split-noindirect-inflight", "--hex")
    try expectSnapshot(report.output, "rings-split-inflight")
  }

  @Test func textShowsAPackedRing() throws {
    let report = try rings("ring-packed-inflight", "--device", "0000:00:01.0")
    try expectSnapshot(report.output, "rings-packed-inflight")
  }

  @Test func aQueueByHandNeedsNoRecording() throws {
    let report = try Command.vtrace(
      "rings", "--memory", "sparse:fixtures/x86/ring-packed-inflight.ram.zst", "--queue",
      "desc=0x6285000,driver=0x6284000,device=0x6283000,size=256,packed,event", "--format", "json")
    #expect(report.status == 0, "\(report.errors)")
    let object =
      try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any]
    let device = (object?["devices"] as? [[String: Any]])?.first
    let queue = (device?["queues"] as? [[String: Any]])?.first
    #expect(queue?["usedIndex"] as? Int == 155)
    #expect(queue?["inFlight"] as? Int == 1)
  }

  @Test(arguments: ["sparse:no-such-file", "nonsense"])
  func whatCannotBeReadIsStatus2(memory: String) throws {
    let report = try Command.vtrace(
      "rings", "--memory", memory, "--queue", "desc=0x1000,driver=0x2000,device=0x3000,size=4")
    #expect(report.status == 2)
    #expect(!report.errors.isEmpty)
  }

  /// Before the device wrote anything of its ring, memory has nothing of it, and the history does.
  @Test func aRingBeforeItsFirstUse() throws {
    for (record, line) in [
      ("50", "avail 64, used 0; free 192, available 64, in flight unknown; kick unknown"),
      ("53", "avail 64, used 1; free 193, available 63, in flight unknown; kick not due"),
    ] {
      let report = try Command.run(
        Command.vtrace,
        ["rings", "fixtures/ccw/bios-net-tftp-small-rings.pcapng", "--at", record])
      #expect(report.output.contains(line), "\(report.output)")
    }
    // Of the other queue nothing is known before its driver used it.
    let report = try Command.run(
      Command.vtrace, ["rings", "fixtures/ccw/bios-net-tftp-small-rings.pcapng", "--at", "45"])
    #expect(report.output.contains("fault: driver area: no memory at 0x7826000"))
  }
}
