import Model
import VirtioSpec

/// The vectors that a driver mapped in this life, by event.
struct VectorBook: Sendable {
  /// A vector that was written.
  struct Mapping: Sendable {
    /// The queue, -1 for changes of the configuration.
    var event: Int32
    var vector: UInt64
    var reference: RecordReference
    var isRead = false
  }

  private(set) var mappings: [Mapping] = []

  /// The event of a step that reads or writes a vector; nil for other steps.
  static func event(_ step: Transaction) -> Int32? {
    switch step.kind {
    case .readConfigVector, .writeConfigVector: -1
    case .readQueueVector, .writeQueueVector: step.queue >= 0 ? step.queue : nil
    default: nil
    }
  }

  subscript(event: Int32) -> Mapping? { mappings.first { $0.event == event } }

  /// Takes a write of a vector, a read of one, or a reset.
  mutating func take(_ step: Transaction) {
    if step.isStatusReset { mappings.removeAll() }
    guard let event = Self.event(step) else { return }
    let place = mappings.firstIndex { $0.event == event }
    guard step.kind == .writeConfigVector || step.kind == .writeQueueVector else {
      if let place { mappings[place].isRead = true }
      return
    }
    if let place { mappings.remove(at: place) }
    guard step.hasValue, mappings.count < 1024 else { return }
    mappings.append(
      Mapping(event: event, vector: step.value & 0xffff, reference: step.reference))
  }
}

extension Transaction {
  /// The step writes a vector through the modern interface.
  var writesVector: Bool {
    (kind == .writeConfigVector || kind == .writeQueueVector) && hasValue && interface == .modern
  }

  /// The step reads a vector through the modern interface.
  var readsVector: Bool {
    (kind == .readConfigVector || kind == .readQueueVector) && hasValue && interface == .modern
      && !traits.contains(.wrongWidth)
  }

  /// What the vector is for, as a message says it.
  var vectorTarget: String {
    kind == .readConfigVector || kind == .writeConfigVector
      ? "changes of the configuration" : "queue \(queue)"
  }

  /// A vector as messages write it.
  static func vectorName(_ vector: UInt64) -> String {
    vector == UInt64(PCIConstants.noVector) ? "NO_VECTOR" : "vector \(vector)"
  }
}
