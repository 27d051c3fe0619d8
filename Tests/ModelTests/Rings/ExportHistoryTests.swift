import Model
import Rules
import Testing
import TraceKit

/// The UUIDs by which a GPU exports resources, from the bytes in its buffers to what the rule sees.
@Suite struct ExportHistoryTests {
  private static let request: UInt64 = 0x20_0000
  private static let response: UInt64 = 0x20_1000
  private static let random: [UInt8] = [
    0x91, 0x91, 0x08, 0xf7, 0x52, 0xd1, 0x43, 0x20, 0x9b, 0xac, 0xf8, 0x47, 0xdb, 0x41, 0x48, 0xa8,
  ]
  private static let counted = [UInt8](repeating: 0, count: 15) + [7]

  /// The lines about exports, and the rule's verdict.
  private static func recording(
    type: UInt8 = 16, features: [UInt64] = [], _ build: (inout RingScene) -> Void
  ) -> (steps: [String], findings: [String], verdict: Verdict?) {
    var plan = RingScene.Plan()
    plan.type = type
    plan.features = features + [2]
    var scene = RingScene(plan)
    build(&scene)
    let lines = Lines()
    var analysis = Analysis()
    analysis.onTransaction = { step, _ in
      if step.kind == .objectExported { lines.all.append(step.text) }
    }
    scene.feed(&analysis)
    analysis.finish()
    let rule = "core.export.uuid-v4"
    let found = analysis.verdicts.findings.filter { $0.rule == rule }.map(\.message)
    return (lines.all, found, analysis.deviceSummaries.first?.verdict(rule))
  }

  private final class Lines {
    var all: [String] = []
  }

  private static func header(_ type: UInt32) -> [UInt8] {
    RingScene.little(type) + [UInt8](repeating: 0, count: 20)
  }

  /// Makes a request available, in two pieces of which the first ends inside the header; its first
  /// bytes are those of `type`, unless nobody recorded them.
  private static func ask(_ scene: inout RingScene, _ type: UInt32?) {
    scene.at { scene in
      if let type { scene.driverWrites(request, header(type) + [7, 0, 0, 0, 0, 0, 0, 0]) }
      scene.describe(0, request, 10, flags: 1, next: 1)
      scene.describe(1, request + 10, 22, flags: 1, next: 2)
      scene.describe(2, response, 30, flags: 3, next: 3)
      scene.describe(3, response + 30, 10, flags: 2, next: 0)
      scene.offer([0])
    }
  }

  private static func answer(_ scene: inout RingScene, _ bytes: [UInt8], length: UInt32? = nil) {
    scene.at { scene in
      if !bytes.isEmpty { scene.deviceWrites(response, bytes) }
      scene.use([(0, length ?? UInt32(bytes.count))])
    }
  }

  @Test func aRandomName() {
    let (steps, findings, verdict) = Self.recording { scene in
      Self.ask(&scene, 0x10b)
      Self.answer(&scene, Self.header(0x1105) + Self.random)
    }
    #expect(steps == ["export queue[0] id=0 919108f7-52d1-4320-9bac-f847db4148a8"])
    #expect(findings == [])
    #expect(verdict == .held)
  }

  @Test func anotherName() {
    let (_, findings, _) = Self.recording { scene in
      Self.ask(&scene, 0x10b)
      Self.answer(&scene, Self.header(0x1105) + Self.counted)
    }
    #expect(
      findings == [
        "device exports an object as 00000000-0000-0000-0000-000000000007, which is no UUID of "
          + "RFC 4122"
      ])
  }

  /// The type of the response says what it is, where nobody recorded the request.
  @Test func aResponseAlone() {
    let (_, findings, _) = Self.recording { scene in
      Self.ask(&scene, nil)
      Self.answer(&scene, Self.header(0x1105) + Self.counted)
    }
    #expect(findings.count == 1)
  }

  /// What the recording does not hold, or what the device did not give, is no name.
  @Test(
    arguments: [
      ([], 40), (header(0x1105), 40), (header(0x1105) + counted.dropLast(), 40),
      (header(0x1105) + counted, 24), (header(0x1105) + counted, 0),
    ] as [([UInt8], UInt32)]) func noName(bytes: [UInt8], length: UInt32)
  {
    let (steps, findings, verdict) = Self.recording { scene in
      Self.ask(&scene, 0x10b)
      Self.answer(&scene, bytes, length: length)
    }
    #expect(steps == ["export queue[0] id=0 unknown"])
    #expect(findings == [])
    #expect(verdict == .undecidable(.payloadNotCaptured))
  }

  /// Failures, and what answers another request, export nothing; nor does another device type.
  @Test(
    arguments: [
      (16, 0x10b, 0x1203), (16, 0x10a, 0x1104), (16, 0x10a, 0x1105), (18, 0x10b, 0x1105),
    ] as [(UInt8, UInt32, UInt32)]) func nothingIsExported(
      type: UInt8, request: UInt32, response: UInt32
    )
  {
    let (steps, _, _) = Self.recording(type: type) { scene in
      Self.ask(&scene, request)
      Self.answer(&scene, Self.header(response) + Self.counted)
    }
    #expect(steps == [])
  }

  /// What an earlier response left in the buffer is no part of the next one.
  @Test func bytesOfAnEarlierResponse() {
    let (steps, _, _) = Self.recording { scene in
      Self.ask(&scene, 0x10b)
      Self.answer(&scene, Self.header(0x1105) + Self.random)
      Self.ask(&scene, 0x10b)
      Self.answer(&scene, [], length: 40)
    }
    #expect(steps.last == "export queue[0] id=0 unknown")
  }

  /// Used in order, one entry stands for two requests, of which the first has no length.
  @Test func aBatchInOrder() {
    let (steps, _, _) = Self.recording(features: [35]) { scene in
      scene.at { scene in
        for place in 0..<2 as Range<UInt64> {
          scene.driverWrites(Self.request + place << 12, Self.header(0x10b))
          scene.describe(
            2 * place, Self.request + place << 12, 32, flags: 1, next: UInt16(2 * place + 1))
          scene.describe(2 * place + 1, 0x30_0000 + place << 12, 40, flags: 2, next: 0)
        }
        scene.offer([0, 2])
      }
      scene.at { scene in
        scene.deviceWrites(0x30_0000, Self.header(0x1105) + Self.random)
        scene.deviceWrites(0x30_1000, Self.header(0x1105) + Self.random)
        scene.use([(2, 40)])
        scene.deviceWrites(scene.deviceArea() + 2, RingScene.little(UInt16(2)))
      }
    }
    #expect(
      steps == [
        "export queue[0] id=0 919108f7-52d1-4320-9bac-f847db4148a8",
        "export queue[0] id=2 919108f7-52d1-4320-9bac-f847db4148a8",
      ])
  }

  @Test(arguments: [
    "export queue[0] id=3 6ba7b810-9dad-11d1-80b4-00c04fd430c8", "export queue[1] id=0 unknown",
    "export queue[0] id=0 ffffffff-ffff-ffff-ffff-ffffffffffff snapshot",
  ]) func textIsReadAsItIsWritten(line: String) throws {
    #expect(try TransactionParser().parse(line, record: 1).text == line)
  }

  @Test(arguments: ["", "6ba7b810", "6ba7b8109dad-11d1-80b4-00c04fd430c8-", "+-+-+-+-+"])
  func textThatIsNoUUID(text: String) { #expect(ExportedUUID(text) == nil) }

  /// Bytes that chance chose, in requests and responses of any length.
  @Test func anyBytes() {
    var random = SeededGenerator(seed: 16)
    for _ in 0..<40 {
      let (steps, _, _) = Self.recording { scene in
        for _ in 0..<30 {
          let count = Int.random(in: 0...40, using: &random)
          let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
          Self.ask(&scene, [nil, 0x10b, 0x10a].randomElement(using: &random) ?? nil)
          Self.answer(
            &scene, Bool.random(using: &random) ? Self.header(0x1105) + bytes : bytes,
            length: UInt32.random(in: 0...60, using: &random))
        }
      }
      #expect(steps.count <= 30)
    }
  }
}
