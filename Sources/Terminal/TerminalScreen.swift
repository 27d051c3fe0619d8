internal import CNcurses
internal import Glibc

/// The terminal as a screen of cells and a source of keys, on top of ncursesw.
///
/// One at a time, used by one thread. The terminal is given back by `close`, and by handlers when
/// the process crashes; SIGINT, SIGTERM and SIGHUP arrive as events.
///
/// Vouched for as `@safe`: ncurses keeps its own memory, and the pointers never leave this type.
@safe public final class TerminalScreen {
  /// The terminal writes UTF-8; else only ASCII reaches it.
  public let hasUTF8: Bool
  private let output: UnsafeMutablePointer<FILE>
  private let input: UnsafeMutablePointer<FILE>
  private let screen: OpaquePointer
  private let signals: Int32
  /// For another thread, which sees to it that the process ends although the terminal is stopped.
  public let watch: TerminalWatch
  private var palette: Palette
  /// What the terminal shows.
  private var shown: CellGrid?
  private var isOpen = true

  /// Takes the terminal: standard output, and for keys standard input or `/dev/tty`.
  ///
  /// - Parameter colors: whether colours are wanted at all.
  public init(colors: Bool) throws(TerminalProblem) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    _ = unsafe setlocale(LC_CTYPE, "")
    hasUTF8 = vt_has_utf8() != 0
    let (input, output) = try unsafe Self.streams()
    unsafe self.input = input
    unsafe self.output = output
    TerminalRescue.remember(STDOUT_FILENO)
    vt_begin()
    // The three arguments are valid; a terminal that terminfo does not know gives no screen.
    guard let screen = unsafe newterm(nil, output, input) else {
      let name = unsafe getenv("TERM").map { unsafe String(cString: $0) } ?? ""
      unsafe fclose(input)
      unsafe fclose(output)
      throw .unknownTerminal(name)
    }
    unsafe self.screen = screen
    _ = unsafe set_term(screen)
    vt_prepare()
    palette = Palette(colors: colors ? vt_colors() : 0, pairs: colors ? vt_pairs() : 0)
    let ends = SignalPipe.open()
    signals = ends.screen
    watch = TerminalWatch(signals: ends.watch)
    TerminalRescue.arm()
  }

  private static func streams() throws(TerminalProblem) -> (
    UnsafeMutablePointer<FILE>, UnsafeMutablePointer<FILE>
  ) {
    let keys = isatty(STDIN_FILENO) == 1 ? dup(STDIN_FILENO) : unsafe open("/dev/tty", O_RDONLY)
    guard keys >= 0, let input = unsafe fdopen(keys, "r") else { throw .noKeyboard }
    guard let output = unsafe fdopen(dup(STDOUT_FILENO), "w") else {
      unsafe fclose(input)
      throw .system("standard output cannot be written")
    }
    return unsafe (input, output)
  }

  /// The size of the terminal.
  public var size: Size { Size(columns: Int(vt_columns()), rows: Int(vt_rows())) }

  /// Shows `grid`, writing only what changed.
  public func draw(_ grid: CellGrid) {
    guard isOpen else { return }
    for row in 0..<grid.size.rows where shown.map({ !$0.hasSameRow(row, as: grid) }) ?? true {
      draw(row, of: grid)
    }
    shown = grid
    vt_flush()
  }

  /// Writes a row, a run of one style at a time.
  private func draw(_ row: Int, of grid: CellGrid) {
    var column = 0
    while column < grid.size.columns {
      let style = grid[row, column].style
      let start = column
      var text = ""
      while column < grid.size.columns, grid[row, column].style == style {
        text.unicodeScalars.append(Glyphs.shown(grid[row, column].character, utf8: hasUTF8))
        column += 1
      }
      let chosen = palette.choice(for: style)
      // The text is read during the call.
      unsafe vt_put(Int32(row), Int32(start), text, chosen.attributes, chosen.pair)
    }
  }

  /// Draws everything anew with the next grid.
  public func invalidate() {
    shown = nil
    vt_redraw()
  }

  /// The next event, nil when none came within `milliseconds`.
  public func next(within milliseconds: Int32) -> TerminalEvent? {
    if let event = waiting() { return event }
    var places = [
      pollfd(fd: unsafe fileno(input), events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    // Reads and writes the array during the call; interrupted by a change of size, too.
    _ = unsafe poll(&places, 2, milliseconds)
    if let event = waiting() { return event }
    return places[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 ? .closed : nil
  }

  /// The next event that is there already.
  private func waiting() -> TerminalEvent? {
    if let signal = SignalPipe.next(from: signals) { return .terminate(signal) }
    var code: UInt32 = 0
    // `code` is written during the call.
    let kind = unsafe vt_next(&code)
    if kind == Int32(VT_RESIZE.rawValue) { return resized() }
    if kind == Int32(VT_MOUSE.rawValue) { return mouse().map(TerminalEvent.key) }
    return Self.key(kind, code).map(TerminalEvent.key)
  }

  private func resized() -> TerminalEvent {
    shown = nil
    vt_redraw()
    return .resize
  }

  private func mouse() -> Key? {
    var row: Int32 = 0
    var column: Int32 = 0
    // Both are written during the call.
    switch unsafe vt_mouse(&row, &column) {
    case 1: return .click(row: Int(row), column: Int(column))
    case 2: return .wheelUp(row: Int(row), column: Int(column))
    case 3: return .wheelDown(row: Int(row), column: Int(column))
    default: return nil
    }
  }

  /// Puts `text` into the clipboard of whoever sits at the terminal (OSC 52).
  public func copy(_ text: String) {
    writeThrough("\u{1b}]52;c;\(Base64.text(of: Array(text.utf8)))\u{7}")
  }

  private func writeThrough(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // Read during the call; ncurses writes to the same descriptor, and holds nothing back now.
      _ = unsafe write(fileno(output), bytes.baseAddress, bytes.count)
    }
  }

  /// Gives the terminal back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    endwin()
    TerminalRescue.disarm()
    SignalPipe.close()
  }

  /// Ends the process by the signal that asked for it; the screen is closed before.
  public func die(of signal: Int32) {
    close()
    SignalPipe.die(of: signal)
  }

  deinit {
    close()
    // Made by `init`, and used by nobody else.
    unsafe delscreen(screen)
    unsafe fclose(input)
    unsafe fclose(output)
  }
}
