import Model
import Rules
import Testing
import TraceKit

/// Failures of network devices that the bytes of packets and commands show.
extension FailureClassTests {
  /// A request of ARP, with its Ethernet header.
  static let arp: [UInt8] =
    Array(repeating: 0xff, count: 6) + [0x52, 0x54, 0, 0x12, 0x34, 0x56, 8, 6]
    + [0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0, 0x12, 0x34, 0x56, 10, 0, 0, 2]
    + [0, 0, 0, 0, 0, 0, 10, 0, 0, 1]

  private static func net(
    _ id: String, _ rule: String, features: [UInt64] = [],
    _ build: @escaping @Sendable (inout RingScene) -> Void
  ) -> Failure {
    var failure = Failure(id, .rule(rule), features: features, build)
    failure.plan.type = 1
    failure.plan.queues = 3
    return failure
  }

  /// The driver sends a packet behind a header of `header` bytes, each in a buffer of its own.
  static func send(_ scene: inout RingScene, header: Int, _ frame: [UInt8] = arp) {
    scene.driverWrites(0x40_0000, Array(repeating: 0, count: header))
    scene.driverWrites(0x41_0000, frame)
    scene.describe(0, 0x40_0000, UInt32(header), flags: 1, next: 1, queue: 1)
    scene.describe(1, 0x41_0000, UInt32(frame.count), queue: 1)
    scene.offer([0], queue: 1)
    scene.kick(1)
    scene.use([(0, 0)], queue: 1)
    scene.interrupt(1)
  }

  /// The driver gives buffers of `length` bytes for packets.
  static func fill(_ scene: inout RingScene, _ heads: [UInt16], length: UInt32) {
    for head in heads {
      let place = 0x50_0000 + UInt64(head) * 0x2_0000
      scene.describe(UInt64(head), place, length, flags: 2)
    }
    scene.offer(heads)
    scene.kick()
  }

  /// The device writes what it delivers into the buffer of `head`, and uses it at that length.
  static func write(_ scene: inout RingScene, _ head: UInt16, _ bytes: [UInt8]) {
    scene.deviceWrites(0x50_0000 + UInt64(head) * 0x2_0000, bytes)
  }

  /// The driver sends a command, and the device answers.
  static func command(_ scene: inout RingScene, _ bytes: [UInt8], ack: UInt8) {
    scene.driverWrites(0x60_0000, bytes)
    scene.describe(0, 0x60_0000, 2, flags: 1, next: 1, queue: 2)
    scene.describe(1, 0x60_0002, UInt32(bytes.count) - 2, flags: 1, next: 2, queue: 2)
    scene.describe(2, 0x60_1000, 1, flags: 2, queue: 2)
    scene.offer([0], queue: 2)
    scene.kick(2)
    scene.deviceWrites(0x60_1000, [ack])
    scene.use([(0, 1)], queue: 2)
    scene.interrupt(2)
  }

  static let netFailures: [Failure] = [
    // Commands about what comes in, without their features.
    net("R31", "net.ctrl-rx.needs-ctrl-rx", features: [17]) { scene in
      command(&scene, [0, 0, 1], ack: 1)
    },
    net("R31", "net.ctrl-rx.needs-extra", features: [17, 18]) { scene in
      command(&scene, [0, 3, 1], ack: 1)
    },
    net("R31", "net.mac.needs-ctrl-rx", features: [17]) { scene in
      command(&scene, [1, 0] + Array(repeating: 0, count: 8), ack: 1)
    },
    // The header of a legacy driver, through the modern interface.
    net("R103", "net.tx.hdr-size-same-as-rx") { scene in send(&scene, header: 10) },
    net("R103", "net.tx.hdr-size-same-as-rx", features: [15]) { scene in
      send(&scene, header: 10)
    },
    // GUEST_TSO4 without MRG_RXBUF, and buffers for packets of the usual size.
    net("R105", "net.rx.buf-size-gso", features: [1, 7]) { scene in
      fill(&scene, [0, 1], length: 1526)
    },
  ]

  @Test(arguments: netFailures)
  func isFoundInNetwork(_ failure: Failure) throws { try isFound(failure) }

  /// The same traffic, as it should be, accuses nobody.
  @Test(arguments: [[], [15]] as [[UInt64]])
  func soundPacketsAreSound(_ features: [UInt64]) throws {
    let header = Array(repeating: UInt8(0), count: 10) + [1, 0]
    let (analysis, _) = try Self.net("sound", "", features: features + [17, 18, 20]) { scene in
      Self.fill(&scene, [0, 1], length: 1526)
      Self.send(&scene, header: 12)
      Self.write(&scene, 0, header + Self.arp)
      scene.use([(0, 54)])
      scene.interrupt()
      Self.command(&scene, [0, 0, 1], ack: 0)
      Self.command(&scene, [0, 3, 1], ack: 0)
    }.analyze()
    #expect(analysis.verdicts.findings.map { "\($0.rule): \($0.message)" } == [])
    for rule in [
      "net.tx.hdr-size-same-as-rx", "net.ctrl-rx.needs-ctrl-rx", "net.ctrl.ack-value",
      features.isEmpty ? "net.rx.num-buffers-one" : "net.rx.num-buffers-mrg",
      features.isEmpty ? "net.rx.buf-size-plain" : "net.rx.buf-min-hdr",
    ] {
      #expect(analysis.summary.verdict(rule) == .held, "\(rule)")
    }
  }

  /// R104: a driver that reads `num_buffers` elsewhere. What the device wrote stands in the first buffer
  /// of the packet, and the second begins with no header.
  @Test func mergedPacketShowsItsBuffers() throws {
    let failure = Self.net("R104", "", features: [15]) { scene in
      Self.fill(&scene, [0, 1, 2, 3], length: 256)
      let header = Array(repeating: UInt8(0), count: 10)
      Self.write(&scene, 0, header + [2, 0] + Self.arp)
      Self.write(&scene, 1, Array(repeating: 0, count: 44))
      scene.use([(0, 256), (1, 44)])
      scene.interrupt()
      Self.write(&scene, 2, header + [1, 0] + Self.arp)
      scene.use([(2, 54)])
      scene.interrupt()
    }
    let (lines, analysis) = Self.answers(failure)
    #expect(lines.count == 3)
    #expect(lines.first?.hasPrefix(" used=256 flags=0 num_buffers=2 data=ffffffffffff5254") == true)
    #expect(lines.first?.hasSuffix("; in 2 buffers") == true)
    #expect(lines.dropFirst().first?.hasPrefix(" used=44 part=2 data=0000") == true)
    #expect(lines.last?.hasPrefix(" used=54 flags=0 num_buffers=1 data=ffff") == true)
    #expect(analysis.verdicts.findings.map(\.rule) == [])
    #expect(analysis.summary.verdict("net.rx.num-buffers-mrg") == .held)
  }

  /// Behind a packet whose header was not recorded nobody can say which buffer is a packet's first.
  @Test func lostHeaderLeavesTheRestInDoubt() throws {
    let failure = Self.net("lost", "", features: [15]) { scene in
      Self.fill(&scene, [0, 1, 2], length: 256)
      scene.use([(0, 256)])
      Self.write(&scene, 1, Array(repeating: 0, count: 44))
      scene.use([(1, 44)])
      scene.interrupt()
    }
    let (lines, analysis) = Self.answers(failure)
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix(" used=44 part=? data=0000") == true)
    #expect(analysis.verdicts.findings.map(\.rule) == [])
  }

  /// What the device answers with, as text with its meaning.
  private static func answers(_ failure: Failure) -> (lines: [String], analysis: Analysis) {
    var scene = RingScene(failure.plan)
    failure.build(&scene)
    var analysis = Analysis()
    let box = Box()
    analysis.onTransaction = { step, device in
      guard step.kind == .requestAnswered, let told = device.current.told.payload else { return }
      let meaning = told.meaning(isAnswer: true)
      box.lines.append(told.text(isAnswer: true) + (meaning.isEmpty ? "" : "; " + meaning))
    }
    scene.feed(&analysis)
    analysis.finish()
    return (box.lines, analysis)
  }

  private final class Box {
    var lines: [String] = []
  }
}
