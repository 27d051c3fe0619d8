import Model
import Recordings
import Rules
import Testing
import VirtioSpec

@testable import Comparison

/// Hostile and huge recordings.
@Suite struct BoundTests {
  /// Steps of any kind and value, in any order, with lives in between.
  private func run(seed: UInt64, steps: Int) -> ComparedRun {
    var random = SplitMix(state: seed)
    var analysis = Analysis()
    analysis.judges = false
    let collector = RunCollector()
    collector.listen(to: &analysis)
    var devices: [Int32] = []
    for (number, transport) in TransportKind.allCases.enumerated() {
      var profile = DeviceProfile(transport: transport)
      profile.type = DeviceType(rawValue: UInt32(number + 1))
      devices.append(
        analysis.addDevice(id: "\(transport)", profile: profile, startKnown: number == 0))
    }
    for record in 1...steps {
      let kind = Transaction.Kind.allCases.randomElement(using: &random) ?? .kick
      let numbers: [UInt64] = [0, 1, 3, 0x0b, 0x0f, 0xffff, .max, random.next()]
      let step = Transaction(
        kind, at: RecordReference(record: UInt64(record), time: Int64(record), location: 0),
        value: numbers.randomElement(using: &random) ?? 0,
        mask: random.next() % 2 == 0 ? .max : random.next(),
        queue: Int32(truncatingIfNeeded: random.next() % 9) - 1,
        index: random.next() % 4 == 0 ? UInt32(truncatingIfNeeded: random.next()) : 1,
        interface: Transaction.Interface.allCases.randomElement(using: &random) ?? .none,
        traits: Transaction.Traits(rawValue: UInt16(random.next() % 32)),
        width: UInt8(truncatingIfNeeded: random.next()))
      analysis.take(step, of: devices.randomElement(using: &random) ?? 0)
    }
    analysis.finish()
    return collector.run(of: analysis, InputSummary(path: "hostile"))
  }

  @Test(arguments: 1...4)
  func anythingIsCompared(seed: UInt64) {
    let (good, bad) = (run(seed: seed, steps: 5_000), run(seed: seed + 100, steps: 5_000))
    let comparison = RunComparison(good: good, bad: bad)
    #expect(comparison.devices.count == 3 && !comparison.isSame)
    #expect(RunComparison(good: good, bad: good).isSame)
    for device in comparison.devices {
      for life in device.lives {
        let places = life.differences.map(\.place)
        #expect(places == places.sorted())
      }
    }
  }

  /// A driver that writes ever other values fills no memory, and the report says that it was cut.
  @Test func aLifeIsCut() throws {
    var lines = "W status 0x00\nR status 0x00\nW status 0x01\n"
    for number in 0..<20_000 { lines += "W config[0x20:1] 0x\(number % 2)1\n" }
    let run = try Recorded.run(lines)
    let life = run.devices[0].lives[0]
    #expect(life.isCut && life.steps.count == TrailRecorder.lifeLimit)
    let comparison = RunComparison(good: run, bad: run).devices[0].lives[0]
    #expect(comparison.remarks.contains { $0.contains("more steps in this life than are kept") })
  }

  /// A running device adds nothing, however long it runs.
  @Test func trafficAddsNothing() throws {
    let traffic = Array(repeating: "kick queue[0] 0x0000\nirq queue[0]\nR isr 0x01\n", count: 5_000)
    let short = try Recorded.run(initialization + "\nR isr 0x01")
    let long = try Recorded.run(initialization + "\n" + traffic.joined())
    #expect(
      long.devices[0].lives[0].steps.count == short.devices[0].lives[0].steps.count
        && long.devices[0].lives[0].occasions.count == short.devices[0].lives[0].occasions.count)
    #expect(RunComparison(good: short, bad: long).isSame)
  }

  /// More lives than are weighed are paired in their order, and the report says so.
  @Test func manyLives() throws {
    let life = "W status 0x00\nR status 0x00\nW status 0x01\n"
    let other = life + "W status 0x83\n"
    let good = try Recorded.run(String(repeating: life, count: 200))
    let bad = try Recorded.run(other + String(repeating: life, count: 199))
    let device = RunComparison(good: good, bad: bad).devices[0]
    #expect(device.isByOrder && device.lives.count == 200)
    #expect(device.lives.count { !$0.isSame } == 1)
  }
}
