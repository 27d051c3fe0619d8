import Foundation
import Model
import Recordings
import Rules
import Testing
import TraceKit

/// Failures of real drivers and devices (`fixtures/cases/failures.tsv`), each built as a recording of
/// ring memory from its description, and what has to point at its cause.
@Suite struct FailureClassTests {
  /// What names the cause.
  enum Sign: Sendable {
    /// A finding of this rule.
    case rule(String)
    /// A hint of this kind.
    case hint(RingHint.Kind)
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    var id: String
    var sign: Sign
    var plan = RingScene.Plan()
    var build: @Sendable (inout RingScene) -> Void
    var testDescription: String { id }

    init(
      _ id: String, _ sign: Sign, size: UInt16 = 8, features: [UInt64] = [],
      _ build: @escaping @Sendable (inout RingScene) -> Void
    ) {
      self.id = id
      self.sign = sign
      plan.size = size
      plan.features = features
      self.build = build
    }

    /// The recording, written as pcapng and analyzed like any other.
    func analyze() throws -> (analysis: Analysis, summary: InputSummary) {
      var scene = RingScene(plan)
      build(&scene)
      let path = NSTemporaryDirectory() + "vtrace-\(UUID().uuidString).pcapng"
      defer { try? FileManager.default.removeItem(atPath: path) }
      var writer = try PcapngWriter(path: path)
      scene.feed(&writer)
      try writer.finish()
      var analysis = Analysis()
      let summary = try Recording.read(path: path, into: &analysis)
      analysis.finish()
      return (analysis, summary)
    }
  }

  @Test(arguments: failures + requestFailures)
  func isFound(_ failure: Failure) throws {
    let (analysis, summary) = try failure.analyze()
    switch failure.sign {
    case .rule(let id):
      let found = analysis.verdicts.findings.flatMap(\.rules)
      #expect(found.contains(id), "found: \(found)")
    case .hint(let kind):
      let hints = Self.hints(analysis, summary)
      #expect(hints.contains { $0.kind == kind }, "hints: \(hints)")
    }
  }

  /// Every failure that memory or the history of rings shows is built: here, among the queues that
  /// stand, or as memory for `vtrace rings`.
  @Test func allAreBuilt() throws {
    let due = try Fixtures.failures { $0.contains("M") || $0.contains("T") }
    let titles =
      (Self.failures + Self.requestFailures + Self.netFailures).map(\.id)
      + StandingQueueTests.failures.map(\.testDescription)
    let built = Set(titles.map { String($0.prefix { $0 != " " }) })
    #expect(due.count > 40)
    // They are in `RingMemoryTests` and `mergedPacketShowsItsBuffers`.
    #expect(Set(due).subtracting(built) == ["R89", "R104"])
  }

  /// The hints about all rings.
  static func hints(_ analysis: Analysis, _ summary: InputSummary) -> [RingHint] {
    analysis.machine.devices.all.flatMap(\.sessions).flatMap { session in
      session.rings.flatMap { session.hints(of: $0.queue, now: summary.lastTime ?? 0) }
    }
  }

  /// Where an IOMMU may translate, rings accuse nobody: the addresses may be none of guest memory.
  @Test func translatedAddressesAccuseNobody() throws {
    let failure = try #require(Self.failures.first { $0.id == "R16" })
    let id = "split.used.id-was-available"
    for (features, expected) in [
      ([] as [UInt64], Verdict.violated), ([33], .undecidable(.addressesTranslated)),
    ] {
      var translated = failure
      translated.plan.features = features
      let (analysis, _) = try translated.analyze()
      #expect(analysis.summary.verdict(id) == expected)
      #expect(analysis.verdicts.findings.contains { $0.rule == id } == features.isEmpty)
    }
  }

  /// The same traffic without a failure gives neither findings nor hints.
  @Test(arguments: [[], [29], [28, 29]] as [[UInt64]])
  func soundTrafficIsSound(_ features: [UInt64]) throws {
    let (analysis, summary) = try Failure("sound", .rule(""), features: features) { scene in
      let hasEvents = scene.plan.features.contains(29)
      if !hasEvents { scene.setUsedFlags(0) }
      if hasEvents { scene.setAvailableEvent(0) }
      scene.request(0)
      scene.request(3)
      for round in 0..<20 as Range<UInt16> {
        scene.at { scene in
          scene.offer([round % 2 == 0 ? 0 : 3])
          if hasEvents { scene.setUsedEvent(round) }
        }
        scene.kick()
        scene.at { scene in
          scene.use([(round % 2 == 0 ? 0 : 3, 513)])
          if hasEvents { scene.setAvailableEvent(round &+ 1) }
        }
        scene.interrupt()
      }
      scene.wait(seconds: 5)
      scene.readStatus(0x0f)
    }.analyze()
    #expect(analysis.verdicts.findings.map { "\($0.rule): \($0.message)" } == [])
    let session = try #require(analysis.machine.devices.all.first).current
    let ring = try #require(session.ring(0))
    #expect(ring.totals.available == 20 && ring.totals.used == 20)
    #expect(ring.totals.writtenBytes == 20 * 513 && ring.totals.readableBytes == 20 * 16)
    #expect(ring.totals.latency.count == 20 && ring.totals.maxInFlight == 1)
    #expect(session.hints(of: 0, now: summary.lastTime ?? 0) == [])
  }

  /// A round trip, so that notifications of both directions are known to be recorded.
  private static func roundTrip(_ scene: inout RingScene, _ round: UInt16 = 0) {
    scene.request(0)
    scene.offer([0])
    scene.kick()
    scene.use([(0, 513)])
    scene.interrupt()
  }

  private static func end(_ scene: inout RingScene) {
    scene.wait(seconds: 5)
    scene.readStatus(0x0f)
  }

  static let failures: [Failure] = [
    // A sound table that begins at no multiple of 16, which the device refuses.
    Failure("R87", .hint(.stalled), features: [28]) { scene in
      roundTrip(&scene)
      scene.driverWrites(
        0x30_0008,
        RingScene.descriptor(0x20_0000, 16, flags: 1, next: 1)
          + RingScene.descriptor(0x20_1000, 513, flags: 2))
      scene.describe(3, 0x30_0008, 32, flags: 4)
      scene.offer([3])
      scene.kick()
      end(&scene)
    },
    Failure("R92", .hint(.firstBufferOnly)) { scene in
      scene.describe(0, 0x20_0000, 16, flags: 1, next: 1)
      scene.describe(1, 0x20_1000, 512, flags: 3, next: 2)
      scene.describe(2, 0x20_3000, 1024, flags: 3, next: 3)
      scene.describe(3, 0x20_5000, 1, flags: 2)
      for _ in 0..<6 {
        scene.offer([0])
        scene.kick()
        scene.use([(0, 513)])
        scene.interrupt()
      }
    },
    // A legal chain whose header and data share a buffer, which the device does not expect.
    Failure("R94", .hint(.stalled)) { scene in
      roundTrip(&scene)
      scene.describe(3, 0x20_0000, 528, flags: 1, next: 4)
      scene.describe(4, 0x20_5000, 1, flags: 2)
      scene.offer([3])
      scene.kick()
      end(&scene)
    },
    Failure("R16", .rule("split.used.id-was-available")) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      scene.use([(12, 513)])
      scene.interrupt()
      scene.offer([3])
    },
    Failure("R28", .rule("split.irq.required-when-flag-clear")) { scene in
      scene.setAvailableFlags(0)
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 513)])
      end(&scene)
    },
    Failure("R32", .rule("split.indirect.requires-feature")) { scene in
      scene.driverWrites(
        0x30_0000,
        RingScene.descriptor(0x20_0000, 16, flags: 1, next: 1)
          + RingScene.descriptor(0x20_1000, 512, flags: 2))
      scene.describe(0, 0x30_0000, 32, flags: 4)
      scene.offer([0])
      scene.kick()
    },
    Failure("R57", .rule("split.irq.none-otherwise-event-idx"), features: [29]) { scene in
      scene.setUsedEvent(0)
      roundTrip(&scene)
      scene.setUsedEvent(5)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 513)])
      for _ in 0..<5 { scene.interrupt() }
      end(&scene)
    },
    Failure("R61", .rule("core.cleanup.no-alter-exposed"), features: [28]) { scene in
      scene.describe(7, 0x20_0000, 1, flags: 2)
      scene.offer([7])
      scene.kick()
      scene.use([(7, 1)])
      for (head, place) in [(UInt64(0), UInt64(0x20_0000)), (1, 0x21_0000)] {
        scene.driverWrites(0x30_0000, RingScene.descriptor(place, 512, flags: 2))
        scene.describe(head, 0x30_0000, 16, flags: 4)
        scene.offer([UInt16(head)])
        scene.kick()
      }
    },
    Failure("R64", .rule("split.desc.no-loop")) { scene in
      scene.describe(0, 0x20_0000, 16, flags: 1, next: 1)
      scene.describe(1, 0x20_1000, 512, flags: 1, next: 0)
      scene.offer([0])
      scene.kick()
    },
    Failure("R65", .rule("split.avail.outstanding-max")) { scene in
      roundTrip(&scene)
      scene.publish(available: 40)
      scene.kick()
    },
    Failure("R65 device", .rule("split.used.idx-monotonic")) { scene in
      roundTrip(&scene)
      scene.publish(used: 30)
      scene.interrupt()
    },
    Failure("R67", .rule("split.kick.required-at-avail-event"), features: [29]) { scene in
      scene.setAvailableEvent(0)
      roundTrip(&scene)
      scene.setAvailableEvent(1)
      scene.offer([0])
      end(&scene)
    },
    Failure("R68", .hint(.stalled)) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      end(&scene)
    },
    Failure("R72", .hint(.usedEventStands), features: [29]) { scene in
      scene.setUsedEvent(0)
      for _ in 0..<300 { roundTrip(&scene) }
    },
    Failure("R73", .hint(.availableEventStands), features: [29]) { scene in
      scene.setAvailableEvent(0)
      for _ in 0..<300 { roundTrip(&scene) }
    },
    Failure("R75 late", .rule("split.irq.required-at-used-event"), features: [29]) { scene in
      scene.setUsedEvent(0)
      roundTrip(&scene)
      scene.setUsedEvent(1)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 513)])
      end(&scene)
    },
    Failure("R75 early", .rule("split.irq.none-otherwise-event-idx"), features: [29]) { scene in
      scene.setUsedEvent(0)
      roundTrip(&scene)
      scene.setUsedEvent(5)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 513)])
      scene.interrupt()
      end(&scene)
    },
    Failure("R76", .rule("split.used.len-covered")) { scene in
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 529)])
    },
    Failure("R77", .hint(.emptyAnswers)) { scene in
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 0)])
    },
    Failure("R78", .rule("split.used.len-covered")) { scene in
      scene.describe(0, 0x20_0000, 64)
      scene.offer([0])
      scene.kick()
      scene.use([(0, 64)])
    },
    Failure("R80", .hint(.unpublished)) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      scene.prepare(0, 513)
      end(&scene)
    },
    Failure("R81", .rule("split.used.id-was-available")) { scene in
      scene.request(0)
      scene.request(3)
      scene.offer([0, 3])
      scene.kick()
      scene.use([(0, 513)])
      scene.use([(0, 513)])
      scene.interrupt()
      scene.offer([5])
      scene.kick()
    },
    Failure("R82", .hint(.stuckChain)) { scene in
      scene.request(3)
      scene.offer([3])
      for _ in 0..<10 { roundTrip(&scene) }
      end(&scene)
    },
    Failure("R83", .hint(.stalled)) { scene in
      roundTrip(&scene)
      scene.describe(0, 0, 0, flags: 1, next: 1)
      scene.offer([0])
      scene.kick()
      end(&scene)
    },
    Failure("R84", .rule("split.used.id-was-available")) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      scene.use([(1, 513)])
      scene.interrupt()
      scene.offer([5])
      scene.kick()
    },
    Failure("R86", .hint(.stoppedAtWrap), size: 256) { scene in
      scene.describe(0, 0x20_0000, 16)
      let heads = (0..<256).flatMap { RingScene.little(UInt16($0)) }
      for index in 0..<256 as Range<UInt64> { scene.describe(index, 0x20_0000, 16) }
      scene.driverWrites(scene.driverArea() &+ 4, heads)
      scene.deviceWrites(
        scene.deviceArea() &+ 4, (0..<256).flatMap { RingScene.little(UInt32($0)) + [0, 0, 0, 0] })
      for round in 1...256 as ClosedRange<UInt32> {
        let next = round * 256
        scene.publish(available: UInt16(truncatingIfNeeded: next))
        scene.kick()
        scene.publish(used: UInt16(truncatingIfNeeded: next == 65536 ? 65535 : next))
      }
      scene.kick()
      end(&scene)
    },
    Failure("R95", .hint(.overrun)) { scene in
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.deviceWrites(0x20_0800, [0, 0, 0, 0])
      scene.use([(0, 513)])
    },
    Failure("R96", .rule("split.avail.head-not-in-flight")) { scene in
      scene.describe(6, 0x20_0000, 1, flags: 2)
      scene.offer([6])
      scene.kick()
      scene.use([(6, 1)])
      scene.request(0)
      scene.request(3)
      scene.offer([0])
      scene.kick()
      // Index 2 taken as 0x0200: the entry goes elsewhere, and slot 2 holds head 0 from before.
      scene.driverWrites(scene.driverArea() &+ 4 &+ 2 * 7, RingScene.little(UInt16(3)))
      scene.driverWrites(scene.driverArea() &+ 4 &+ 2 * 2, RingScene.little(UInt16(0)))
      scene.publish(available: 3)
      scene.kick()
    },
    Failure("R97", .rule("packed.used.avail-used-bits"), size: 4, features: [34]) { scene in
      for round in 0..<8 as Range<UInt64> {
        let wrap = round < 4
        scene.makeAvailable(round % 4, 0x20_0000, 512, id: 0, flags: 2, wrap: wrap)
        scene.kick()
        // The device goes on with the wrap counter of its first round.
        scene.makeUsed(round % 4, id: 0, length: 512, wrap: true)
      }
    },
    Failure("R98", .rule("packed.desc.avail-used-bits"), size: 4, features: [34]) { scene in
      for round in 0..<8 as Range<UInt64> {
        scene.makeAvailable(round % 4, 0x20_0000, 512, id: 0, flags: 2, wrap: true)
        scene.kick()
        if round < 4 { scene.makeUsed(round % 4, id: 0, length: 512, wrap: true) }
      }
    },
    Failure(
      "R100", .rule("packed.desc.dev-no-change-after-used"), size: 4, features: [34]
    ) { scene in
      scene.makeAvailable(0, 0x20_0000, 512, id: 0, flags: 2)
      scene.makeAvailable(1, 0x20_1000, 512, id: 1, flags: 2)
      scene.kick()
      scene.deviceWrites(
        scene.descriptors() &+ 14, RingScene.little(RingScene.used(2, wrap: true)))
      scene.deviceWrites(scene.descriptors() &+ 8, RingScene.little(UInt32(512)) + [1, 0])
    },
    Failure("R101", .hint(.stalled), size: 4, features: [34]) { scene in
      scene.makeAvailable(0, 0x20_0000, 512, id: 0, flags: 0)
      scene.kick()
      scene.deviceWrites(
        scene.deviceArea() &+ 4, RingScene.little(UInt32(0)) + RingScene.little(UInt32(0)))
      end(&scene)
    },
    // A request is given up without a reset, and its descriptors serve the next one.
    Failure("R113", .rule("core.cleanup.no-alter-exposed")) { scene in
      roundTrip(&scene)
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.wait(seconds: 30)
      scene.describe(0, 0x40_0000, 16, flags: 1, next: 1)
      scene.describe(1, 0x40_1000, 513, flags: 2)
      scene.offer([0])
      scene.kick()
    },
    Failure("R114", .rule("split.used.idx-monotonic")) { scene in
      for _ in 0..<5 { roundTrip(&scene) }
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.publish(used: 0)
      scene.interrupt()
    },
    Failure("R116", .hint(.stalled)) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      end(&scene)
    },
    Failure("R117", .rule("split.used.idx-monotonic")) { scene in
      for _ in 0..<3 { roundTrip(&scene) }
      scene.restart()
      scene.request(0)
      scene.offer([0])
      scene.kick()
      scene.publish(used: 4)
      scene.offer([0])
      scene.kick()
    },
    Failure("R118", .rule("core.reset.dev-no-queue-access-after")) { scene in
      roundTrip(&scene)
      scene.offer([0])
      scene.kick()
      scene.reset()
      scene.readStatus(0)
      scene.use([(0, 513)])
    },
  ]
}
