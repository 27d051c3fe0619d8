import LiveView
import Rules
import Terminal
import Testing

/// Keys: what they mean, and what comes of them.
@Suite struct KeyTests {
  static let uboot = ScreenTests.uboot

  @Test func noKeyHasTwoMeanings() {
    let keys = KeyTable.bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func helpNamesEveryKey() throws {
    var state = try Watched.state(Self.uboot, columns: 100, rows: 60)
    state.press(.character("?"))
    for binding in KeyTable.bindings {
      #expect(state.text.contains(binding.help))
      for key in binding.keys { #expect(state.text.contains(key.name)) }
    }
  }

  @Test func followingEndsWithAMoveAndBeginsWithG() throws {
    var state = try Watched.state(Self.uboot, isLive: true)
    #expect(state.text.contains("FOLLOW") && state.text.contains("52/52"))
    state.press(.up)
    #expect(!state.text.contains("FOLLOW") && state.text.contains("51/52"))
    state.press(.character("g"))
    #expect(state.text.contains(" 1/52"))
    state.press(.character("G"))
    #expect(state.text.contains("FOLLOW") && state.text.contains("52/52"))
  }

  @Test func aFrozenScreenCountsWhatComes() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.character(" "))
    let text = state.text
    #expect(text.contains("FROZEN"))
    state.take(try Watched.snapshot(ScreenTests.ccw))
    #expect(state.text.contains("FROZEN"))
    #expect(
      state.text.split(separator: "\n").dropFirst() == text.split(separator: "\n").dropFirst())
  }

  @Test func findingsAreGoneThrough() throws {
    var state = try Watched.state("mmio-other/microvm-seabios-modern-blk.log")
    let count = try Watched.snapshot("mmio-other/microvm-seabios-modern-blk.log").findings.count {
      !$0.isAbsorbed
    }
    #expect(count > 0)
    for _ in 0..<count { state.press(.character("n")) }
    #expect(!state.text.contains("no finding behind"))
    state.press(.character("n"))
    #expect(state.text.contains("no finding behind this one"))
    for _ in 1..<count { state.press(.character("N")) }
    #expect(!state.text.contains("no finding before"))
    state.press(.character("N"))
    #expect(state.text.contains("no finding before this one"))
  }

  @Test func marksTellTheTimeBetween() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.character("m"), .character("a"))
    #expect(state.text.contains("mark a at record 5"))
    state.press(.down, .down, .character("'"), .character("a"))
    #expect(state.text.contains("mark a: -21.0 µs from where you were"))
    #expect(state.text.contains(" 1/52"))
    state.press(.character("'"), .character("'"))
    #expect(state.text.contains(" 3/52"))
    state.press(.character("'"), .character("x"))
    #expect(state.text.contains("there is no mark x"))
  }

  @Test func searchGoesOnAndAround() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.character("/"))
    state.type("FEATURES_ok")
    state.press(.enter)
    #expect(state.text.contains("19/52"))
    state.press(.character("/"), .enter)
    #expect(state.text.contains("20/52"))
    state.press(.character("G"), .character("/"))
    state.type("magic")
    state.press(.enter)
    #expect(state.text.contains(" 1/52"))
    state.press(.character("/"))
    state.type("no such thing")
    state.press(.enter)
    #expect(state.text.contains("'no such thing' is nowhere"))
  }

  @Test func effects() throws {
    var state = try Watched.state(Self.uboot)
    #expect(
      state.press(.character("c"))
        == .copy("5 0.000000 mmio@0x10008000 drv R magic 0x74726976"))
    state.press(.character("s"))
    state.press(.control("u"))
    state.type("x.pcapng")
    #expect(state.press(.enter) == .save("x.pcapng"))
    #expect(state.press(.character("q")) == .quit)
    state.press(.character(":"))
    state.type("q")
    #expect(state.press(.enter) == .quit)
  }

  @Test func commands() throws {
    var state = try Watched.state(Self.uboot)
    func run(_ text: String, _ state: inout ViewState) {
      state.press(.character(":"))
      state.type(text)
      state.press(.enter)
    }
    run("66", &state)
    #expect(state.text.contains(" 9/52"))
    run("999999", &state)
    #expect(state.text.contains("no transaction is at record 999999"))
    run("nonsense", &state)
    #expect(state.text.contains("there is no command 'nonsense'"))
    run("device blk", &state)
    #expect(state.text.contains("virtio-mmio, session 1"))
  }

  /// What is listed are the lines that `analyze` lists with the same filter.
  @Test(arguments: [
    "queue == 0 && kind == kick", "status & DRIVER", "time > 0.6", "finding", "offered",
    "session.status == 0x0b || rejected", "device == 0",
  ])
  func aFilterListsWhatItWants(filter: String) throws {
    var state = try Watched.state(Self.uboot, columns: 200, rows: 60)
    let wanted = try Watched.records(Self.uboot, filter: filter)
    state.press(.character(":"))
    state.type("filter \(filter)")
    state.press(.enter)
    #expect(state.text.contains("/\(wanted.count)  filter: \(filter)"))
    var listed: [UInt64] = []
    for place in 0..<wanted.count {
      if place == 0 { state.press(.character("g")) } else { state.press(.down) }
      guard case .copy(let line) = state.press(.character("c")) else { continue }
      listed.append(UInt64(line.prefix { $0 != " " }) ?? 0)
    }
    #expect(listed == wanted)
    state.press(.character(":"))
    state.type("filter")
    state.press(.enter)
    #expect(state.text.contains("/52 "))
  }

  /// Findings are listed as `analyze` lists them with the same filter.
  @Test(arguments: [
    "finding == core", "severity >= error", "kind == kick", "time < 0.1", "time > 100",
    "finding == mmio.init && status",
  ])
  func aFilterListsItsFindings(filter: String) throws {
    let wanted = try Watched.findings(Self.uboot, filter: filter)
    let all = try Watched.findings(Self.uboot, filter: "record >= 0").count
    var state = try Watched.state(Self.uboot, columns: 200, rows: 60)
    #expect(state.text.contains("5 findings \(all) "))
    state.press(.character(":"))
    state.type("filter \(filter)")
    state.press(.enter)
    let count = wanted.count == all ? "\(all)" : "\(wanted.count)/\(all)"
    #expect(state.text.contains("5 findings \(count) "))
    #expect(state.text.contains("no finding passes") == wanted.isEmpty)
    var listed: [String] = []
    state.press(.character("5"), .character("g"))
    for place in wanted.indices {
      if place > 0 { state.press(.down) }
      guard case .copy(let line) = state.press(.character("c")) else { continue }
      listed.append(line)
    }
    #expect(listed == wanted)
    state.press(.character("n"))
    #expect(state.text.contains("no finding passes the filter") == wanted.isEmpty)
    state.press(.character(":"))
    state.type("filter")
    state.press(.enter)
    #expect(state.text.contains("5 findings \(all) "))
  }

  /// The bar tells whether what was typed is a filter, and completes.
  @Test func theFilterBar() throws {
    var state = try Watched.state(Self.uboot, columns: 120)
    func look() -> Color {
      state.screen()[23, 8].style.foreground
    }
    state.press(.character("f"))
    state.type("sta")
    #expect(look() == .red && state.text.contains("found 'sta'"))
    state.press(.control("u"))
    state.type("kind ==")
    #expect(look() == .yellow && state.text.contains("interrupt"))
    // Nothing is applied while it is none.
    state.press(.enter)
    #expect(state.mode == .input(.filter))
    state.type(" kic")
    state.press(.tab)
    #expect(look() == .green && state.text.contains("filter: kind == kick"))
    state.press(.enter)
    #expect(state.mode == .normal && state.text.contains("/5  filter: kind == kick"))
    state.press(.character("f"), .control("u"), .enter)
    #expect(state.text.contains("/52 "))
  }

  @Test func foldingHidesWhatIsBelow() throws {
    var state = try Watched.state(Self.uboot, columns: 200, rows: 60)
    state.press(.character("n"), .enter, .down)
    #expect(state.text.contains("bit 1 DRIVER = 1"))
    state.press(.enter)
    #expect(!state.text.contains("bit 1 DRIVER = 1"))
    state.press(.enter)
    #expect(state.text.contains("bit 1 DRIVER = 1"))
  }

  @Test func theMouseSelects() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.click(row: 7, column: 3))
    #expect(state.text.contains(" 3/52"))
    state.press(.wheelDown(row: 7, column: 3))
    #expect(state.text.contains(" 6/52"))
    state.press(.click(row: 20, column: 3))
    #expect(state.text.contains("bit 1 = 1") == false)
  }
}
