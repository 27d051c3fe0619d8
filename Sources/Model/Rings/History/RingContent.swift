import VirtioSpec

/// What the buffers of a queue hold, where the recording's bytes of them are decoded.
enum RingContent: Sendable {
  /// Whatever it is, nobody looks at it.
  case opaque
  /// Group administration commands and their results.
  case administration
  /// Requests of a GPU's controlq and their responses.
  case gpuControl
}

extension Session {
  /// What the buffers of queue `index` hold.
  func content(of index: Int32) -> RingContent {
    if isAdminQueue(index) == true { return .administration }
    if profile.type == .gpu, index == 0, isModern { return .gpuControl }
    return .opaque
  }
}
