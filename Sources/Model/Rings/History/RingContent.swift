import VirtioSpec

/// What the buffers of a queue hold, where the recording's bytes of them are decoded.
enum RingContent: Sendable, Equatable {
  /// Whatever it is, nobody looks at it.
  case opaque
  /// Group administration commands and their results.
  case administration
  /// Requests of a GPU's controlq and their responses.
  case gpuControl
  /// Requests, packets or commands of a device type.
  case request(RequestContent)

  /// Who decodes it.
  enum Reader: Sendable { case none, administration, gpuControl, request }

  var reader: Reader {
    switch self {
    case .opaque: .none
    case .administration: .administration
    case .gpuControl: .gpuControl
    case .request: .request
    }
  }
}

extension Session {
  /// What the buffers of queue `index` hold.
  func content(of index: Int32) -> RingContent {
    if isAdminQueue(index) == true { return .administration }
    if profile.type == .gpu, index == 0, isModern { return .gpuControl }
    return RequestContent(of: index, in: self).map(RingContent.request) ?? .opaque
  }
}
