public import Terminal

/// Which key means what: the one place that keys and help come from.
public enum KeyTable {
  /// Some keys, what they mean and how help says it.
  public struct Binding: Sendable {
    public var keys: [Key]
    public var intent: Intent
    public var help: String
  }

  public static let bindings: [Binding] = [
    Binding(keys: [.up, .character("k")], intent: .up, help: "one line up"),
    Binding(keys: [.down, .character("j")], intent: .down, help: "one line down"),
    Binding(
      keys: [.left, .character("h")], intent: .left, help: "scroll left; in rings: queue before"),
    Binding(
      keys: [.right, .character("l")], intent: .right, help: "scroll right; in rings: next queue"),
    Binding(keys: [.pageUp, .control("b")], intent: .pageUp, help: "one page up"),
    Binding(keys: [.pageDown, .control("f")], intent: .pageDown, help: "one page down"),
    Binding(keys: [.character("g"), .home], intent: .top, help: "to the first line"),
    Binding(
      keys: [.character("G"), .end], intent: .bottom,
      help: "to the last line, and follow what comes"),
    Binding(keys: [.tab], intent: .nextPane, help: "next pane"),
    Binding(keys: [.backTab], intent: .previousPane, help: "pane before"),
    Binding(keys: [.character("1")], intent: .pane(.devices), help: "devices"),
    Binding(keys: [.character("2")], intent: .pane(.transactions), help: "transactions"),
    Binding(keys: [.character("3")], intent: .pane(.detail), help: "detail of the selected line"),
    Binding(keys: [.character("4")], intent: .pane(.rings), help: "rings"),
    Binding(keys: [.character("5")], intent: .pane(.findings), help: "findings"),
    Binding(
      keys: [.enter], intent: .open, help: "detail; fold or unfold; go to where a finding is"),
    Binding(keys: [.character("z")], intent: .zoom, help: "the pane alone, and back"),
    Binding(keys: [.character("/")], intent: .search, help: "search the transactions' text"),
    Binding(
      keys: [.character("f")], intent: .filter, help: "filter the transactions; Tab completes"),
    Binding(keys: [.character("n")], intent: .nextFinding, help: "next finding"),
    Binding(keys: [.character("N")], intent: .previousFinding, help: "finding before"),
    Binding(keys: [.character(" ")], intent: .freeze, help: "freeze the screen, and go on"),
    Binding(keys: [.character("m")], intent: .mark, help: "mark the line with a letter"),
    Binding(
      keys: [.character("'")], intent: .jump, help: "jump to a mark, and tell the time between"),
    Binding(keys: [.character("c")], intent: .copy, help: "copy the line (OSC 52)"),
    Binding(keys: [.character("s")], intent: .save, help: "save what is shown as pcapng"),
    Binding(
      keys: [.character(":")], intent: .command,
      help: "command: a record, device, filter, save, follow, freeze, q"),
    Binding(keys: [.character("?")], intent: .help, help: "this help"),
    Binding(keys: [.control("l")], intent: .redraw, help: "draw the screen anew"),
    Binding(keys: [.escape], intent: .escape, help: "leave what is open"),
    Binding(keys: [.character("q")], intent: .quit, help: "quit"),
  ]

  private static let table: [Key: Intent] = {
    var table: [Key: Intent] = [:]
    for binding in bindings {
      for key in binding.keys { table[key] = binding.intent }
    }
    return table
  }()

  /// What `key` means; nil for nothing.
  public static func intent(of key: Key) -> Intent? { table[key] }
}
