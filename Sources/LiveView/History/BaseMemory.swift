public import Model

/// What lies below the memory that a recording tells of.
public enum BaseMemory: Sendable {
  /// Nothing.
  case none
  /// A dump: what the recording tells of memory came later.
  case dump
  /// That of a guest that runs: newer than anything that is told of it, and read anew for each screen.
  /// With the queues, by device, of guests that were set up before.
  case running([String: [KnownQueue]])

  /// A queue whose place is known from elsewhere.
  public struct KnownQueue: Sendable {
    public var index: Int32
    public var layout: QueueLayout

    public init(index: Int32, layout: QueueLayout) {
      self.index = index
      self.layout = layout
    }
  }

  var isRunning: Bool {
    if case .running = self { true } else { false }
  }
}
