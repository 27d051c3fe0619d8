import Model

/// One fault of a driver or a device, as changes of a recording's accesses.
public struct Fault: Sendable {
  var edits: [Edit]
  /// The access that the fault is about, by its place in the recording.
  var place: Int

  /// One change; places are those of the recording as it was.
  enum Edit: Sendable {
    case drop(Int)
    /// Another access in the place of one; nil leaves its data as they are.
    case replace(Int, Access, [UInt8]?)
    /// An access before another one.
    case insert(Int, Access, [UInt8])

    /// The access that it is about.
    var place: Int {
      switch self {
      case .drop(let index), .replace(let index, _, _), .insert(let index, _, _): index
      }
    }
  }

  init(_ edits: [Edit]) {
    self.edits = edits
    place = edits.map(\.place).min() ?? 0
  }
}
