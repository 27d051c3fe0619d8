import LiveView
import Terminal
import Testing

/// Screens as text, each a file beside this one.
@Suite struct ScreenTests {
  static let uboot = "mmio-other/riscv64-uboot-modern-blk.log"
  static let ccw = "ccw/linux-blk-rev2.pcapng"

  @Test func firstScreen() throws {
    try expectSnapshot(try Watched.state(Self.uboot).text, "first-80x24")
  }

  @Test func firstScreenOfALargeTerminal() throws {
    let state = try Watched.state(Self.uboot, columns: 200, rows: 60)
    try expectSnapshot(state.text, "first-200x60")
  }

  @Test func aFindingWithItsClause() throws {
    var state = try Watched.state(Self.uboot, columns: 200, rows: 60)
    state.press(.character("n"))
    try expectSnapshot(state.text, "finding-200x60")
  }

  @Test(arguments: Pane.allCases) func everyPane(pane: Pane) throws {
    var state = try Watched.state(Self.uboot)
    state.press(.character("n"))
    state.press(.character(Unicode.Scalar(UInt8(0x31 + pane.rawValue))))
    try expectSnapshot(state.text, "pane-\(pane)-80x24")
    state.resize(to: Size(columns: 40, rows: 10))
    try expectSnapshot(state.text, "pane-\(pane)-40x10")
  }

  @Test func detailOfADevice() throws {
    var state = try Watched.state(Self.ccw, columns: 200, rows: 60)
    state.press(.character("1"))
    try expectSnapshot(state.text, "device-200x60")
  }

  @Test func help() throws {
    var state = try Watched.state(Self.uboot, columns: 100, rows: 44)
    state.press(.character("?"))
    try expectSnapshot(state.text, "help-100x44")
  }

  /// Whatever the size, nothing traps, and the selected line is on the screen.
  @Test func anySize() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.down, .down, .pageDown)
    for columns in [1, 2, 7, 39, 40, 59, 60, 61, 80, 139, 140, 141, 200, 4096] {
      for rows in [1, 2, 3, 9, 10, 15, 16, 24, 39, 40, 60, 500] {
        state.resize(to: Size(columns: columns, rows: rows))
        #expect(state.screen().lines.count == rows)
        for pane in Pane.allCases {
          state.press(.character(Unicode.Scalar(UInt8(0x31 + pane.rawValue))))
          #expect(state.screen().lines.allSatisfy { $0.unicodeScalars.count <= columns })
        }
        state.press(.character("2"))
      }
    }
  }

  @Test func resizingLosesNothing() throws {
    var state = try Watched.state(Self.uboot)
    state.press(.character("n"), .tab)
    let before = state.text
    for (columns, rows) in [(200, 60), (40, 10), (80, 24)] {
      state.resize(to: Size(columns: columns, rows: rows))
    }
    #expect(state.text == before)
  }

  @Test func anEmptyHistoryHasAScreen() {
    var state = ViewState(title: "live nothing", isLive: true)
    for key in KeyTable.bindings.flatMap(\.keys) where key != .character("q") { state.press(key) }
    state.resize(to: Size(columns: 80, rows: 24))
    #expect(state.screen().lines.count == 24)
  }
}
