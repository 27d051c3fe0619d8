import Foundation
import Testing

/// vsock monitoring: files of it, and an interface that carries it.
@Suite(.serialized) struct SocketCaptureTests {
  /// A conversation, as Python's `struct` packs it: the monitor's header, virtio's, the payload.
  private static let conversation = """
    import struct
    def packet(src, dst, op, payload=b"", space=4096, taken=0, flags=0, kind=1):
      event = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4}.get(op, 3)
      head = struct.pack("<QQIIHHH2x", src[0], dst[0], src[1], dst[1], event, 2, 44)
      return head + struct.pack("<QQIIIHHIII", src[0], dst[0], src[1], dst[1], len(payload),
        kind, op, flags, space, taken) + payload
    guest, host = (3, 1024), (2, 5000)
    packets = [
      packet(guest, host, 1), packet(host, guest, 2, space=8),
      packet(guest, host, 5, b"hello"), packet(host, guest, 6, space=8, taken=5),
      packet(guest, host, 5, b"goodbye"), packet(guest, host, 5, b"too"),
      packet(guest, host, 4, flags=3), packet(host, guest, 3, space=0, taken=0),
    ]

    """

  /// The conversation as a pcap.
  private func file(_ folder: Folder) throws -> String {
    let script =
      Self.conversation + """
        import sys
        with open(sys.argv[1], "wb") as out:
          out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 271))
          for number, data in enumerate(packets):
            out.write(struct.pack("<IIII", 1000 + number, 0, len(data), len(data)) + data)
        """
    let path = folder.path("sockets.pcap")
    let made = try Command.run(URL(filePath: "/usr/bin/python3"), ["-c", script, path])
    try #require(made.status == 0, "\(made.errors)")
    return path
  }

  private static let lines = [
    "3:1024 → 2:5000 REQUEST stream buf_alloc=4096 fwd_cnt=0 ; peer may send 4096",
    "2:5000 → 3:1024 RESPONSE buf_alloc=8 fwd_cnt=0 ; peer may send 8",
    "3:1024 → 2:5000 RW 5 bytes buf_alloc=4096 fwd_cnt=0 ; may send 3",
    "2:5000 → 3:1024 CREDIT_UPDATE buf_alloc=8 fwd_cnt=5 ; peer may send 8",
    "3:1024 → 2:5000 RW 7 bytes buf_alloc=4096 fwd_cnt=0 ; may send 1",
    "3:1024 → 2:5000 RW 3 bytes buf_alloc=4096 fwd_cnt=0 ; sent 2 too many",
    "3:1024 → 2:5000 SHUTDOWN RECEIVE|SEND buf_alloc=4096 fwd_cnt=0 ; peer may send 4096",
    "2:5000 → 3:1024 RST buf_alloc=0 fwd_cnt=0",
  ]

  private func operations(_ output: String) -> [String] {
    output.split(separator: "\n").compactMap { line in
      guard line.first(where: { $0 != " " })?.isNumber == true else { return nil }
      return line.range(of: " vsock ").map { String(line[$0.upperBound...]) }
    }
  }

  @Test func aFileIsAnalyzed() throws {
    let folder = try Folder()
    let path = try file(folder)
    let run = try Command.vtrace("analyze", "--transactions", path)
    #expect(run.status == 0 && operations(run.output) == Self.lines, "\(run.output)")
    #expect(
      run.output.contains(
        """
        vsock  1 connection, 8 packets
          3:1024 → 2:5000  stream, closed  record 1 to record 8
            3:1024 sent 15 bytes in 5 packets; buf_alloc 4096, fwd_cnt 0; sent 2 bytes more than there
              was room for; sends no more; receives no more; 1 packet beyond the room that was seen, first
              at record 6
            2:5000 sent 0 bytes in 3 packets; buf_alloc 8, fwd_cnt 5; may send 4096 bytes
        """), "\(run.output)")
    #expect(!run.output.contains("no virtio device was seen"))
  }

  /// On the screen connections stand below the devices, and what is saved is what was read.
  @Test func aFileIsViewed() throws {
    let terminal = try Tmux(columns: 120, rows: 30)
    try terminal.remember()
    let path = try file(terminal.folder)
    try terminal.run("\(Command.vtrace.path) view \(path)")
    let shown = try terminal.wait(for: "1 devices 0, sockets 1")
    #expect(shown.contains("vsock 3:1024 → 2:5000  stream, closed  15 B →  ← 0 B"), "\(shown)")
    #expect(shown.contains("3:1024 sent 15 bytes in 5 packets"), "\(shown)")
    #expect(shown.contains("2:5000 sent 0 bytes in 3 packets"), "\(shown)")
    try terminal.press("s", "C-u")
    let saved = terminal.folder.path("saved.pcapng")
    try terminal.type(saved)
    try terminal.press("Enter")
    try terminal.wait(for: "saved 8 records")
    let again = try Command.vtrace("analyze", "--transactions", saved)
    #expect(operations(again.output) == Self.lines, "\(again.output)")
    try terminal.press("q")
    try terminal.expectRestored(status: "0")
  }

  @Test func theSampleIsReal() throws {
    let folder = try Folder()
    _ = try file(folder)
    let run = try folder.vtrace("analyze", "--transactions", "sockets.pcap")
    let text = try String(
      contentsOf: packageRoot.appending(path: "docs/live.md"), encoding: .utf8)
    #expect(text.contains("```\n\(run.output)```"))
  }

  /// Where devices or steps of them are chosen, packets between sockets are left out.
  @Test func theyBelongToNoDevice() throws {
    let folder = try Folder()
    let path = try file(folder)
    for options in [["--device", "0000:00:01.0"], ["--filter", "queue == 0"]] {
      let run = try Command.run(Command.vtrace, ["analyze", "--transactions", path] + options)
      #expect(run.status == 0 && operations(run.output).isEmpty, "\(run.output)")
    }
  }

  @Test func asJSON() throws {
    let folder = try Folder()
    let path = try file(folder)
    let report = try Command.vtrace("analyze", "--format", "json", path)
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      report = json.load(open(sys.argv[2]))
      jsonschema.validate(report, schema, jsonschema.Draft202012Validator)
      [connection] = report["connections"]
      assert connection["state"] == "closed" and connection["ends"][0]["overruns"] == 1
      assert connection["ends"][0]["cid"] == "0x3" and connection["ends"][0]["room"] == -2
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      [
        "-c", script, "docs/schema/vtrace-report-1.schema.json",
        try folder.write("report.json", report.output),
      ])
    #expect(verdict.status == 0, "\(verdict.errors)")
    let followed = try Command.vtrace("analyze", "--format", "jsonl", path)
    let types = try followed.output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?["type"] as? String)
    }
    #expect(types == Array(repeating: "socketPacket", count: 8) + ["connection", "summary"])
  }

  /// What `convert` and `record` write says the same, to us and to tshark.
  @Test(arguments: ["convert", "record"]) func isWrittenAgain(command: String) throws {
    let folder = try Folder()
    let path = try file(folder)
    let written = try folder.vtrace(command, path, "-o", "out.pcapng")
    #expect(written.status == 0, "\(written.errors)")
    let again = try folder.vtrace("analyze", "--transactions", "out.pcapng")
    #expect(operations(again.output) == Self.lines)
    let fields = ["-e", "vsock.virtio.op", "-e", "vsock.virtio.buf_alloc", "-e", "vsock.payload"]
    let told = try ["sockets.pcap", "out.pcapng"].map { name in
      try Command.run(
        URL(filePath: "/usr/bin/tshark"),
        ["-r", folder.path(name), "-T", "fields", "-e", "frame.time_epoch"] + fields
      ).output
    }
    #expect(told[0] == told[1] && told[0].split(separator: "\n").count == 8)
  }

  /// What comes through a pipe is told while the pipe is open.
  @Test func aPipeIsFollowed() throws {
    let script =
      Self.conversation + """
        import subprocess, sys, threading
        def block(kind, body):
          body += bytes(-len(body) % 4)
          length = struct.pack("<I", len(body) + 12)
          return struct.pack("<I", kind) + length + body + length
        vtrace = subprocess.Popen([sys.argv[1], "analyze", "--format", "jsonl", "-"],
          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        guard = threading.Timer(60, vtrace.kill)
        guard.start()
        vtrace.stdin.write(block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1))
          + block(1, struct.pack("<HHI", 271, 0, 0)))
        for data in packets:
          vtrace.stdin.write(block(6, struct.pack("<IIIII", 0, 0, 1, len(data), len(data)) + data))
          vtrace.stdin.flush()
          sys.stdout.write(vtrace.stdout.readline().decode())
        vtrace.stdin.close()
        guard.cancel()
        sys.exit(vtrace.wait())
        """
    let run = try Command.run(
      URL(filePath: "/usr/bin/python3"), ["-c", script, Command.vtrace.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count { $0.contains("\"socketPacket\"") } == 8)
  }

  // MARK: An interface

  /// Whether an interface can be made here: in a network namespace of its own, so that nobody else
  /// sees it.
  static let canMakeInterfaces: Bool = {
    let trial = try? Command.run(
      URL(filePath: "/usr/bin/unshare"),
      ["-n", "test", "-r", "/dev/net/tun", "-a", "-w", "/dev/net/tun"])
    return trial?.status == 0
  }()

  /// An interface of the link type of vsock monitoring carries the conversation, while vtrace records.
  @Test(.enabled(if: canMakeInterfaces, "no network namespace and no /dev/net/tun can be had"))
  func anInterfaceIsRecorded() throws {
    let folder = try Folder()
    let script =
      Self.conversation + """
        import fcntl, os, subprocess, sys, time
        tun = os.open("/dev/net/tun", os.O_RDWR)
        # TUNSETIFF with IFF_TUN, then TUNSETLINK with ARPHRD_VSOCKMON.
        fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH22x", b"vsm0", 1))
        fcntl.ioctl(tun, 0x400454cd, 826)
        subprocess.check_call(["ip", "link", "set", "vsm0", "up"])
        source = "pcap:vsm0" + sys.argv[3]
        vtrace = subprocess.Popen(
          [sys.argv[1], "record", source, "-o", sys.argv[2]], stderr=subprocess.PIPE)
        # It says that it records when it does.
        sys.stderr.buffer.write(vtrace.stderr.readline())
        for data in packets:
          os.write(tun, struct.pack(">HH", 0, 0x88b5) + data)
        time.sleep(0.5)
        vtrace.terminate()
        sys.stderr.buffer.write(vtrace.stderr.read())
        sys.exit(vtrace.wait())
        """
    for (filter, wanted) in [
      ("", Self.lines.count), (":ether[25] = 0 and ether[24] = 4", 3), (":len > 81", 1),
    ] {
      let path = folder.path("out.pcapng")
      let run = try Command.run(
        URL(filePath: "/usr/bin/unshare"),
        ["-n", "python3", "-c", script, Command.vtrace.path, path, filter])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("vtrace: \(wanted) records, 0 lost;"), "\(run.errors)")
      let report = try folder.vtrace("analyze", "--transactions", "out.pcapng")
      #expect(operations(report.output).count == wanted)
      if filter.isEmpty { #expect(operations(report.output) == Self.lines, "\(report.output)") }
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    let none = try Command.vtrace("record", "pcap:nosuch0", "-o", "/dev/null")
    #expect(none.status == 2 && none.errors.contains("pcap:nosuch0: there is no such interface"))
    let loopback = try Command.vtrace("record", "pcap:lo", "-o", "/dev/null")
    #expect(loopback.status == 2)
    // With the right to capture it is the link type, without it the right.
    #expect(
      loopback.errors.contains("pcap:lo: its packets are of link type ETHERNET (1)")
        || loopback.errors.contains("pcap:lo: the right to capture is missing"))
    let bare = try Command.run(
      URL(filePath: "/usr/bin/setpriv"),
      [
        "--bounding-set=-all", "--inh-caps=-all", Command.vtrace.path, "record", "pcap:lo", "-o",
        "/dev/null",
      ])
    if !bare.errors.hasPrefix("setpriv") {
      #expect(bare.status == 2, "\(bare.errors)")
      #expect(bare.errors.contains("CAP_NET_RAW"), "\(bare.errors)")
    }
  }
}
