import Model
import VirtioSpec

/// How many data elements one request may have, where the device says so in its configuration.
///
/// Elements that hold nothing but the request's header or its status are no segments. Of the types
/// that have such a limit this knows block devices, whose requests are laid out simply enough to
/// tell.
///
/// Spec: 5.2.4 and 5.2.6.
struct SegmentLimit {
  /// What the device allows; nil where it does not limit, or nobody read the limit.
  let limit: UInt64?
  /// The limit applies, and was not read.
  let isUnread: Bool

  /// seg_max: feature bit 2, configuration offset 12.
  init(_ session: Session) {
    guard session.profile.type == DeviceType.named("blk"), session.accepted.contains(2) else {
      limit = nil
      isUnread = false
      return
    }
    let field = session.config.first { $0.offset == 12 && $0.width == 4 && !$0.isWrite }
    limit = field?.value
    isUnread = field == nil
  }

  /// The data elements of a chain: those that are not only part of the 16 bytes of header or of the
  /// last byte, the status.
  func segments(of chain: ToldChain) -> UInt64 {
    var count: UInt64 = 0
    var readable: UInt64 = 0
    var writable: UInt64 = 0
    for buffer in chain.buffers where buffer.length > 0 {
      if buffer.isWritable {
        if writable &+ 1 < chain.facts.writableBytes { count &+= 1 }
        writable &+= UInt64(buffer.length)
      } else {
        readable &+= UInt64(buffer.length)
        if readable > 16 { count &+= 1 }
      }
    }
    return count
  }
}
