/// What fills a screen's history, on a thread of its own.
protocol Decoding: Sendable {
  /// Goes on until the source ends, or somebody calls `stop`.
  func run()

  /// Makes `run` end soon, where that matters. From any thread.
  func stop()

  /// Whether something has to be taken away in order before the program ends.
  var mustEnd: Bool { get }
}

extension Decoding {
  var mustEnd: Bool { false }
}
