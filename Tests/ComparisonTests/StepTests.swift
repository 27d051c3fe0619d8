import Testing
import VirtioSpec

@testable import Comparison

/// What is a step, and what is no difference.
@Suite struct StepTests {
  private func topics(_ trace: String, type: DeviceType = .blk) throws -> [Topic] {
    try Recorded.run(trace, type: type).devices[0].lives[0].steps.map(\.key.topic)
  }

  @Test func anInitializationInSteps() throws {
    #expect(
      try topics(initialization) == [
        .reset, .statusRead, .status, .status, .offered, .accepted, .status, .statusRead,
        .configRead, .configRead, .queueMaxSize, .queueVector, .queueAreas, .queueEnable, .status,
      ])
  }

  /// Changes of a trace that are no difference.
  static let harmless: [(String, [String])] = [
    // Other addresses, at once or in halves.
    ("W queue[0].desc.low 0x3fdd000", ["W queue[0].desc.low 0x7000000"]),
    ("W queue[0].device.high 0x0", ["W queue[0].device.high 0x1"]),
    // The order of feature words.
    ("R device_feature[0] 0x30006e54", []),
    (
      "R device_feature[1] 0x00000101",
      ["R device_feature[1] 0x00000101", "R device_feature[0] 0x30006e54"]
    ),
    // Polling, reading again what is known, reading back what was written.
    ("R status 0x00", ["R status 0x0f", "R status 0x0f", "R status 0x00"]),
    ("W status 0x03", ["W status 0x03", "R status 0x03"]),
    ("R status 0x0b", ["R status 0x0b", "R status 0x0b"]),
    ("W status 0x0f", ["R status 0x0b", "W status 0x0f", "R status 0x0f"]),
    ("R queue[0].vector 1", []),
    (
      "R config[0x14:4] 0x00000200",
      ["R config[0x14:4] 0x00000200", "R config[0x14:4] 0x00000200", "R config_generation 0x00"]
    ),
    // A field in other parts, with its generation around it.
    (
      "R config[0x00:4] 0x00004000",
      ["R config_generation 0x01", "R config[0x00:4] 0x00004000"]
    ),
    ("R config[0x04:4] 0x00000000", ["R config[0x04:2] 0x0000", "R config[0x06:2] 0x0000"]),
    // How much passes.
    ("kick queue[0] 0x0000", ["kick queue[0] 0x0000", "kick queue[0] 0x0000"]),
    ("irq queue[0]", ["irq queue[0]", "kick queue[0] 0x0000", "irq queue[0]"]),
    ("W queue[0].enable 1", ["W queue[0].enable 1", "W queue[0].enable 1"]),
  ]

  @Test(arguments: harmless.indices)
  func isNoDifference(number: Int) throws {
    let (line, lines) = Self.harmless[number]
    var changed = initialization.split(separator: "\n").flatMap { text in
      text == line ? lines : [String(text)]
    }
    // The first word is read behind the second one instead.
    if number == 2 { changed.insert("R device_feature[0] 0x30006e54", at: 5) }
    let text = changed.joined(separator: "\n")
    #expect(text != initialization)
    let life = try Recorded.compare(initialization, text)
    #expect(life.differences.isEmpty, "\(life.differences)")
    let back = try Recorded.compare(text, initialization)
    #expect(back.differences.isEmpty, "\(back.differences)")
  }

  /// One changed record is exactly one difference.
  static let changes: [(String, [String], Difference.Kind, Topic)] = [
    ("R status 0x0b", ["R status 0x03"], .value, .statusRead),
    ("R status 0x0b", [], .missing, .statusRead),
    ("R status 0x00", [], .missing, .statusRead),
    ("W status 0x01", [], .missing, .status),
    ("W status 0x03", ["W status 0x03", "W status 0x83"], .extra, .status),
    ("R device_feature[0] 0x30006e54", ["R device_feature[0] 0x30006e55"], .features, .offered),
    ("W driver_feature[0] 0x30006e54", ["W driver_feature[0] 0x30006e44"], .features, .accepted),
    ("R config[0x14:4] 0x00000200", ["R config[0x14:4] 0x00001000"], .value, .configRead),
    ("R config[0x04:4] 0x00000000", ["R config[0x04:4] 0x00000001"], .value, .configRead),
    ("R config[0x14:4] 0x00000200", [], .missing, .configRead),
    ("R queue[0].size 256", ["R queue[0].size 128"], .value, .queueMaxSize),
    ("R queue[0].size 256", ["R queue[0].size 256", "W queue[0].size 64"], .extra, .queueSize),
    ("R queue[0].vector 1", ["R queue[0].vector 0xffff"], .extra, .queueVectorRead),
    ("W queue[0].vector 1", ["W queue[0].vector 2", "R queue[0].vector 2"], .value, .queueVector),
    ("W queue[0].enable 1", [], .missing, .queueEnable),
    (
      "W queue[0].enable 1",
      ["W queue[0].enable 1", "W queue[0].desc.low 0x1000"], .extra, .queueAreas
    ),
    ("kick queue[0] 0x0000", ["kick queue[0] 0x0000", "kick queue[1] 0x0001"], .extra, .kick),
    ("irq queue[0]", ["irq queue[0]", "irq config"], .extra, .configInterrupt),
    ("irq queue[0]", ["irq queue[0]", "R isr 0x01"], .extra, .interruptStatus),
  ]

  @Test(arguments: changes.indices)
  func isOneDifference(number: Int) throws {
    let (line, lines, kind, topic) = Self.changes[number]
    var text = initialization.split(separator: "\n").flatMap { text in
      text == line ? lines : [String(text)]
    }
    // The vector that is read back goes with the one that is written.
    if topic == .queueVector { text.removeAll { $0 == "R queue[0].vector 1" } }
    let life = try Recorded.compare(initialization, text.joined(separator: "\n"))
    #expect(life.differences.count == 1, "\(life.differences)")
    #expect(life.differences.first?.kind == kind && life.differences.first?.topic == topic)
  }

  /// A step in another place is one difference; a read in another place under the same status none.
  @Test func order() throws {
    let moved = initialization.replacing(line: "W queue[0].enable 1")
      .replacing(line: "W status 0x0f", by: "W status 0x0f", "W queue[0].enable 1")
    let life = try Recorded.compare(initialization, moved)
    #expect(life.differences.map(\.kind) == [.order])
    let read = initialization.replacing(line: "R config[0x14:4] 0x00000200")
      .replacing(
        line: "R queue[0].size 256", by: "R queue[0].size 256", "R config[0x14:4] 0x00000200")
    #expect(try Recorded.compare(initialization, read).differences.isEmpty)
    let early = initialization.replacing(line: "R config[0x14:4] 0x00000200")
      .replacing(line: "W status 0x03", by: "W status 0x03", "R config[0x14:4] 0x00000200")
    #expect(try Recorded.compare(initialization, early).differences.map(\.kind) == [.order])
  }

  /// A MAC address tells one machine from another, and is read in parts.
  @Test func identityDoesNotCount() throws {
    let bytes = (0..<6).map { "R config[0x0\($0):1] 0x5\($0)" }.joined(separator: "\n")
    let parts = "R config[0x00:4] 0x12345678\nR config[0x04:2] 0x9abc"
    let begin = "W status 0x00\nR status 0x00\nW status 0x01\n"
    let life = try Recorded.compare(begin + bytes, begin + parts, type: .net)
    #expect(life.differences.isEmpty && life.sameCount == 4)
  }

  /// What a recording does not show because it starts later is no difference.
  @Test func aLateStart() throws {
    let late = initialization.split(separator: "\n").dropFirst(8).joined(separator: "\n")
    let life = try Recorded.compare(initialization, late, startKnown: false)
    #expect(life.differences.isEmpty, "\(life.differences)")
    #expect(life.remarks.contains { $0.contains("BAD does not show how this life began") })
    let seen = try Recorded.compare(initialization, late)
    #expect(!seen.differences.isEmpty)
  }

  /// Values that were not captured are not compared, and nobody is missed beside them.
  @Test func valuesThatWereNotCaptured() throws {
    let blind = initialization.replacing(line: "R config[0x14:4] 0x00000200", by: "R status ?")
      .replacing(line: "W status 0x0b", by: "W status ?")
    let life = try Recorded.compare(initialization, blind)
    #expect(life.differences.isEmpty, "\(life.differences)")
    #expect(life.remarks.contains { $0.contains("BAD does not show every value") })
  }

  /// Firmware's life is paired with firmware's, a driver's with a driver's, a try with the try.
  @Test func livesFindEachOther() throws {
    let firmware = """
      W status 0x00
      W status 0x03
      R device_feature[0] 0x30006e54
      W driver_feature[0] 0x00000044
      W status 0x0b
      W status 0x0f

      """
    let both = try Recorded.run(firmware + initialization)
    let one = try Recorded.run(initialization)
    let lives = RunComparison(good: both, bad: one).devices[0].lives
    #expect(lives.map { $0.good?.session } == [0, 1] && lives.map { $0.bad?.session } == [nil, 0])
    #expect(lives[1].isSame && !lives[0].isSame)
    let tries = initialization.split(separator: "\n").prefix(9).joined(separator: "\n") + "\n"
    let again = try Recorded.run(tries + tries + initialization)
    let compared = RunComparison(good: one, bad: again).devices[0].lives
    #expect(compared.map { $0.good?.session } == [nil, nil, 0])
    #expect(compared[2].isSame)
  }
}
