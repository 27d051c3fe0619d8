import ArgumentParser
import Glibc
import LiveView
import Model
import Recordings
import Terminal

/// The work of the commands with a screen: a thread that decodes, and the screen in this one.
struct ViewJob {
  let title: String
  let isLive: Bool
  let options: ViewOptions
  let feed = HistoryFeed()
  let memory: CombinedMemory
  /// What is known of devices beside the recording.
  var hints: [DeviceHint]

  /// How long the screen waits for a key before it looks for news.
  private static var tick: Int32 { 100 }
  /// Keys that are taken before the screen is drawn again.
  private static var keyLimit: Int { 64 }

  /// Reads what the options name.
  init(title: String, isLive: Bool, options: ViewOptions) throws {
    guard let hints = HintFiles.read(options.hints) else { throw ExitCode(2) }
    self.title = title
    self.isLive = isLive
    self.options = options
    self.hints = hints
    memory = try CombinedMemory(options.memory.map { try MemorySource.parse($0) })
  }

  /// Memory was given beside the recording.
  var hasMemory: Bool { !options.memory.isEmpty }

  /// Shows what `decoder` leaves until somebody ends it.
  func run(_ decoder: some Decoding) throws {
    let screen: TerminalScreen
    do throws(TerminalProblem) {
      screen = try TerminalScreen(colors: options.color == .always || wantsColour)
    } catch {
      StandardError.write("vtrace: \(error)\n")
      throw ExitCode(2)
    }
    let end = ScreenEnd()
    let watch = screen.watch
    let decoding: @Sendable () -> Void = {
      decoder.run()
      end.finish()
    }
    guard let thread = SystemThread.start(decoding),
      SystemThread.start({ end.watch(watch, decoder) }) != nil
    else {
      screen.close()
      StandardError.write("vtrace: the system has no thread to give\n")
      throw ExitCode(2)
    }
    StopSignals.unblock()
    let signal = show(on: screen)
    screen.close()
    end.close()
    if decoder.mustEnd {
      // The terminal is back, and signals end the program at once, should this take long.
      decoder.stop()
      thread.join()
    }
    if let signal { screen.die(of: signal) }
  }

  private var wantsColour: Bool { options.color == .auto && !StandardStreams.noColor }

  /// The loop of the screen: news, drawing, keys. Returns the signal that ended it, nil for a person.
  private func show(on screen: TerminalScreen) -> Int32? {
    var state = ViewState(title: title, isLive: isLive)
    state.resize(to: screen.size)
    state.filter(options.filtering.filter)
    while true {
      state.take(feed.snapshot)
      let hasMore = state.tick()
      screen.draw(state.screen())
      var event = screen.next(within: hasMore ? 0 : Self.tick)
      for _ in 0..<Self.keyLimit {
        guard let next = event else { break }
        switch next {
        case .terminate(let signal): return signal
        case .closed: return SIGHUP
        case .resize: state.resize(to: screen.size)
        case .key(let key):
          guard let effect = state.take(key) else { break }
          if effect == .quit { return nil }
          perform(effect, &state, screen)
        }
        event = screen.next(within: 0)
      }
    }
  }

  private func perform(_ effect: Effect, _ state: inout ViewState, _ screen: TerminalScreen) {
    switch effect {
    case .quit: break
    case .copy(let text): screen.copy(text)
    case .redraw: screen.invalidate()
    case .crash: preconditionFailure("crashed as asked")
    case .save(let path):
      do throws(RecordingError) {
        let packets = try SavedHistory.write(state, to: path, hints: hints)
        state.tell("saved \(packets) records as \(path)")
      } catch {
        state.tell(problem: error.description)
      }
    }
  }
}
