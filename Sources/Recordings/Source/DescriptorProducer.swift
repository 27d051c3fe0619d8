internal import Glibc

/// The bytes of an open file, pipe or terminal, as they come.
final class DescriptorProducer: ByteProducer {
  private let descriptor: Descriptor
  private(set) var inputBytes: UInt64 = 0
  private(set) var damage: SourceDamage?

  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  func produce(into room: UnsafeMutableRawBufferPointer) -> Int {
    guard room.count > 0, damage == nil else { return 0 }
    while true {
      // `read` writes at most `room.count` bytes, during the call.
      let got = unsafe read(descriptor.number, room.baseAddress, room.count)
      if got >= 0 {
        inputBytes &+= UInt64(got)
        return got
      }
      guard errno == EINTR else {
        damage = SourceDamage(
          place: inputBytes, text: "reading failed: \(lastSystemMessage())", isTruncation: true)
        return 0
      }
    }
  }
}
