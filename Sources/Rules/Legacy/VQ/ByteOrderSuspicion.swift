import Model

extension RingState {
  /// Whether `new` makes no sense as the next index after `old`, and makes sense with its bytes
  /// swapped: whoever wrote it used the other byte order. A small step back makes sense as one.
  func looksSwapped(_ new: UInt16, after old: UInt16) -> Bool {
    UInt32(new &- old) > layout.size && UInt32(new.byteSwapped &- old) <= layout.size
      && new.byteSwapped != old && UInt32(old &- new) > layout.size
  }
}
