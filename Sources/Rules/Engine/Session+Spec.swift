import Model
import VirtioSpec

/// What the text says that a session is judged by.
extension Session {
  /// The text as messages name it: `the specification`, or `virtio 1.0` where an older one was
  /// asked for.
  var specName: String {
    profile.spec == .latest ? "the specification" : "virtio \(profile.spec)"
  }

  /// Driver and device may follow a version that came later than the text: only where that is the
  /// newest one known here, for whoever asks for an older one wants to hear of what it does not
  /// have.
  var mayFollowNewer: Bool { profile.spec == .latest }

  /// The field of the device configuration that covers the byte at `offset`, where the text has it.
  func configField(at offset: UInt32) -> ConfigField? {
    profile.type?.configField(at: Int(offset), in: profile.spec)?.field
  }

  /// The fields of the device configuration that cover the byte at `offset`, several in a union.
  func configFields(at offset: UInt32) -> [ConfigField] {
    guard let type = profile.type else { return [] }
    return type.configFields(in: profile.spec).filter {
      $0.offset <= Int(offset) && Int(offset) < $0.offset + $0.byteCount
    }
  }
}
