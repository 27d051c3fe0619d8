import Model
import Recordings
import Rules
import Testing
import TraceKit
import VirtioSpec

/// Administration queues, from the bytes that both sides write to what rules see.
@Suite struct AdminHistoryTests {
  /// A queue of which the driver reads that it is an administration queue.
  static func recording(
    features: [UInt64] = [], _ build: (inout RingScene) -> Void
  ) -> (steps: [String], session: Session) {
    var findings: [String] = []
    return recording(features: features, findings: &findings, build)
  }

  /// The same, with the rules that were broken.
  static func recording(
    features: [UInt64] = [], findings: inout [String], _ build: (inout RingScene) -> Void
  ) -> (steps: [String], session: Session) {
    var plan = RingScene.Plan()
    plan.features = features + [41]
    var scene = RingScene(plan)
    let lines = Lines()
    var analysis = Analysis()
    analysis.onTransaction = { step, device in
      if step.isAdminStep { lines.all.append(step.text + (device.current.told.admin?.text ?? "")) }
    }
    scene.feed(&analysis)
    scene.drain()
    let place = RecordReference(record: 1, time: 0, location: 1)
    analysis.take(Transaction(.readAdminQueueIndex, at: place, value: 0), of: 0)
    analysis.take(Transaction(.readAdminQueueNum, at: place, value: 1), of: 0)
    build(&scene)
    scene.feed(&analysis)
    analysis.finish()
    findings = analysis.verdicts.findings.map(\.rule)
    return (lines.all, analysis.machine.devices[0].current)
  }

  private final class Lines {
    var all: [String] = []
  }

  private static let readable: UInt64 = 0x20_0000
  private static let writable: UInt64 = 0x20_1000

  private static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  private static func bytes(
    _ opcode: UInt64, group: UInt64 = 0, member: UInt64 = 0, _ data: [UInt8] = []
  ) -> [UInt8] {
    little(opcode, 2) + little(group, 2) + [UInt8](repeating: 0, count: 12) + little(member, 8)
      + data
  }

  private static func answer(
    _ status: UInt64, _ qualifier: UInt64 = 0, _ data: [UInt8] = []
  ) -> [UInt8] {
    little(status, 2) + little(qualifier, 2) + [0, 0, 0, 0] + data
  }

  /// Makes a command available that lies in two pieces, with room for 24 bytes.
  private static func submit(_ scene: inout RingScene, _ bytes: [UInt8]) {
    scene.at { scene in
      scene.driverWrites(readable, bytes)
      scene.describe(0, readable, 10, flags: 1, next: 1)
      scene.describe(1, readable + 10, UInt32(bytes.count - 10), flags: 1, next: 2)
      scene.describe(2, writable, 24, flags: 2, next: 0)
      scene.offer([0])
    }
  }

  private static func complete(_ scene: inout RingScene, _ bytes: [UInt8]) {
    scene.at { scene in
      scene.deviceWrites(writable, bytes)
      scene.use([(0, UInt32(bytes.count))])
    }
  }

  @Test func aCommandAndItsResult() throws {
    let (steps, session) = Self.recording { scene in
      Self.submit(&scene, Self.bytes(0, group: 1))
      Self.complete(&scene, Self.answer(0, 0, Self.little(0x3f, 8)))
      Self.submit(&scene, Self.bytes(1, group: 1, Self.little(0x03, 8)))
      Self.complete(&scene, Self.answer(0))
      Self.submit(&scene, Self.bytes(0x11, group: 1, member: 3, Self.little(1, 8)))
      Self.complete(&scene, Self.answer(22, 2))
    }
    #expect(
      steps == [
        "admin queue[0] id=0 LIST_QUERY group=1 room=24",
        "admin.result queue[0] id=0 OK opcodes=0x3f",
        "admin queue[0] id=0 LIST_USE group=1 opcodes=0x3 room=24",
        "admin.result queue[0] id=0 OK",
        "admin queue[0] id=0 DEV_MODE_SET group=1 member=3 mode=1 room=24",
        "admin.result queue[0] id=0 EINVAL/INVALID_OPCODE",
      ])
    let group = try #require(session.admin?.group(1))
    #expect(group.reported == AdminBitmap([0x3f]))
    #expect(group.used == AdminBitmap([3]))
    #expect(session.admin?.isLegal(.modeSet, 1) == false)
    #expect(session.admin?.inFlight.isEmpty == true)
  }

  /// What another command left in the buffer is no part of the next one.
  @Test func bytesThatWereNotRecordedAnewAreNotKnown() {
    let (steps, session) = Self.recording { scene in
      Self.submit(&scene, Self.bytes(0, group: 1))
      Self.complete(&scene, Self.answer(0, 0, Self.little(0x3f, 8)))
      scene.at { $0.offer([0]) }
      scene.at { $0.use([(0, 8)]) }
    }
    #expect(
      steps.suffix(2) == [
        "admin queue[0] id=0 unknown read=24 room=24", "admin.result queue[0] id=0 unknown len=8",
      ])
    #expect(session.admin?.unknown.isSet == true)
    #expect(session.admin?.isLegal(.listQuery, 1) == nil)
  }

  /// The rules see what came from bytes: a device that takes what was never listed.
  @Test func rulesJudgeWhatIsInTheRecording() {
    var found: [String] = []
    _ = Self.recording(findings: &found) { scene in
      Self.submit(&scene, Self.bytes(0x11, group: 1, member: 3, Self.little(1, 8)))
      Self.complete(&scene, Self.answer(0))
    }
    #expect(found.contains("admin.cmd.drv-list-use-first"))
    #expect(found.contains("admin.cmd.dev-initial-list"))
  }

  @Test func aSnapshotAfterwardsMayShowAnything() {
    let (steps, session) = Self.recording { scene in
      Self.submit(&scene, Self.bytes(1, group: 1, Self.little(0x03, 8)))
      scene.at { scene in
        scene.snapshot(Self.writable, Self.answer(0))
        scene.snapshot(scene.deviceArea(), Self.little(0x1_0000, 4) + Self.little(8 << 32, 8))
      }
    }
    #expect(steps.last == "admin.result queue[0] id=0 OK snapshot")
    #expect(session.admin?.group(1)?.isUsedKnown == false)
  }

  /// Used in order, one entry stands for two commands, of which the first has no length.
  @Test func aBatchInOrder() {
    let (steps, _) = Self.recording(features: [35]) { scene in
      scene.at { scene in
        for place in 0..<2 as Range<UInt64> {
          scene.driverWrites(Self.readable + place << 12, Self.bytes(place, Self.little(3, 8)))
          scene.describe(
            2 * place, Self.readable + place << 12, 32, flags: 1,
            next: UInt16(2 * place + 1))
          scene.describe(2 * place + 1, 0x30_0000 + place << 12, 24, flags: 2, next: 0)
        }
        scene.offer([0, 2])
      }
      scene.at { scene in
        scene.deviceWrites(0x30_0000, Self.answer(0, 0, Self.little(3, 8)))
        scene.deviceWrites(0x30_1000, Self.answer(0))
        scene.use([(2, 8)])
        scene.deviceWrites(scene.deviceArea() + 2, Self.little(2, 2))
      }
    }
    #expect(
      steps.suffix(2) == [
        "admin.result queue[0] id=0 OK opcodes=0x3 len=?", "admin.result queue[0] id=2 OK",
      ])
  }

  /// A line of text tells the command that it was printed from.
  @Test(arguments: [
    "LIST_USE group=1 opcodes=0x3f,0x1 room=8", "LIST_USE group=1 opcodes=0x3f size=24 room=8",
    "LEGACY_COMMON_CFG_WRITE group=1 member=2 offset=18 data=0300 room=8",
    "LEGACY_COMMON_CFG_READ group=1 member=2 offset=18 size=1 room=9",
    "DEVICE_CAP_GET group=0 cap=0 room=16", "DRIVER_CAP_SET group=0 cap=2048 data=0102 room=8",
    "RESOURCE_OBJ_CREATE group=0 type=512 object=7 flags=0x1 data=00ff room=8",
    "RESOURCE_OBJ_DESTROY group=0 type=512 object=7 room=8",
    "DEV_PARTS_METADATA_GET group=1 member=1 type=0 object=1 kind=2 room=4096",
    "DEV_PARTS_GET group=1 member=1 type=0 object=1 kind=0 part=0x104:0:0x1:0 room=4096",
    "DEV_PARTS_SET group=1 member=1 type=0 object=2 part=0x103:1:0x0:1:0f room=8",
    "DEV_MODE_SET group=1 member=1 mode=1 room=8",
    "0x13 group=7 reserved=000000000000000000000001 room=8",
    "LIST_QUERY group=1 bytes=01 room=8",
    "RESOURCE_OBJ_DESTROY group=0 bytes=0000ff0000000000 room=8",
    "LIST_QUERY group=0 read=16 room=8",
  ]) func textOfCommands(text: String) throws {
    let line = "admin queue[1] id=3 " + text
    let parser = TransactionParser()
    var step = try parser.parse(line, record: 1)
    let session = Session(index: 0, profile: DeviceProfile(transport: .pci))
    let told = try #require(try parser.admin(line, &step, in: session))
    #expect(step.text + told.text == line)
  }

  /// Bytes that chance chose, of any length: whatever they say, state stays bounded, and each line tells
  /// the bytes again that it was made of.
  @Test func anyBytes() throws {
    var random = SeededGenerator(seed: 41)
    var lines: [String] = []
    for _ in 0..<40 {
      let (steps, session) = Self.recording { scene in
        for _ in 0..<50 {
          var bytes = Self.bytes(
            UInt64.random(in: 0...0x13, using: &random),
            group: UInt64.random(in: 0...2, using: &random))
          for _ in 0..<Int.random(in: 0...80, using: &random) {
            bytes.append(UInt8.random(in: 0...3, using: &random))
          }
          Self.submit(&scene, bytes)
          let data = (0..<Int.random(in: 0...16, using: &random)).map { _ in
            UInt8.random(in: 0...3, using: &random)
          }
          Self.complete(&scene, Self.answer(Bool.random(using: &random) ? 0 : 22, 0, data))
        }
      }
      lines += steps
      let admin = try #require(session.admin)
      #expect(admin.commands == 50 && admin.results == 50 && admin.inFlight.isEmpty)
    }
    let parser = TransactionParser()
    let session = Session(index: 0, profile: DeviceProfile(transport: .pci))
    var compared = 0
    for line in lines where line.hasPrefix("admin queue") {
      var step = try parser.parse(line, record: 1)
      let told = try #require(try parser.admin(line, &step, in: session))
      #expect(step.text + told.text == line)
      compared += 1
    }
    #expect(compared == 2000)
  }

  /// Chains that chance chose: buffers over each other, over the rings, beyond the address space, and of
  /// lengths that no memory has.
  @Test func anyBuffers() throws {
    var random = SeededGenerator(seed: 14)
    let places: [UInt64] = [
      Self.readable, Self.readable + 8, Self.writable, 0x10_0000, 0x10_8000, 0x10_a000,
      .max - 15, .max, 0,
    ]
    let lengths: [UInt32] = [0, 1, 8, 24, 4096, 0x8000_0000, .max]
    for _ in 0..<60 {
      let (_, session) = Self.recording { scene in
        for round in 0..<30 {
          scene.at { scene in
            scene.driverWrites(Self.readable, Self.bytes(UInt64(round % 0x13), group: 1))
            let count = UInt64.random(in: 1...7, using: &random)
            for place in 0..<count {
              scene.describe(
                place, places.randomElement(using: &random) ?? 0,
                lengths.randomElement(using: &random) ?? 0,
                flags: UInt16.random(in: 0...3, using: &random), next: UInt16(place + 1))
            }
            scene.offer([0])
          }
          scene.at { scene in
            scene.deviceWrites(
              places.randomElement(using: &random) ?? 0, Self.answer(0, 0, Self.little(3, 8)))
            scene.use([(0, lengths.randomElement(using: &random) ?? 0)])
          }
        }
      }
      let admin = try #require(session.admin)
      #expect(admin.inFlight.count <= 1)
      #expect(admin.inFlight.allSatisfy { $0.bytes.count <= AdminCommand.limit })
    }
  }
}
