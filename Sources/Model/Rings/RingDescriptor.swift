public import Wire

/// The fields of one descriptor of either format, for where its bytes lie in two pieces of memory.
public struct RingDescriptor: Sendable, BitwiseCopyable, Equatable {
  public var address: UInt64
  public var length: UInt32
  public var flags: DescriptorFlags
  /// `next` of a split descriptor, `id` of a packed one.
  public var link: UInt16

  /// The buffer goes beyond the end of the address space.
  @inline(__always)
  var wraps: Bool { length > 0 && address > UInt64.max &- UInt64(length &- 1) }
}

extension RingDescriptor {
  @inline(__always)
  init(_ view: SplitDescriptor) {
    self.init(address: view.address, length: view.length, flags: view.flags, link: view.next)
  }

  @inline(__always)
  init(_ view: PackedDescriptor) {
    self.init(address: view.address, length: view.length, flags: view.flags, link: view.id)
  }
}

extension GuestMemory where Self: ~Copyable {
  /// The split descriptor at `address`; nil when any of it is not backed.
  public borrowing func splitDescriptor(
    at address: UInt64, bigEndian: Bool
  ) -> RingDescriptor? {
    if let bytes = span(at: address, count: 16),
      let view = SplitDescriptor(bytes, bigEndian: bigEndian)
    {
      return RingDescriptor(view)
    }
    guard let (address, length, first, second) = fields(at: address, bigEndian) else { return nil }
    return RingDescriptor(
      address: address, length: length, flags: DescriptorFlags(rawValue: first), link: second)
  }

  /// The packed descriptor at `address`; nil when any of it is not backed.
  public borrowing func packedDescriptor(
    at address: UInt64, bigEndian: Bool
  ) -> RingDescriptor? {
    if let bytes = span(at: address, count: 16),
      let view = PackedDescriptor(bytes, bigEndian: bigEndian)
    {
      return RingDescriptor(view)
    }
    guard let (address, length, first, second) = fields(at: address, bigEndian) else { return nil }
    return RingDescriptor(
      address: address, length: length, flags: DescriptorFlags(rawValue: second), link: first)
  }

  /// The descriptor at `address` of the format that `layout` has.
  @inline(never)
  borrowing func descriptor(at address: UInt64, _ layout: QueueLayout) -> RingDescriptor? {
    layout.isPacked
      ? packedDescriptor(at: address, bigEndian: layout.isBigEndian)
      : splitDescriptor(at: address, bigEndian: layout.isBigEndian)
  }

  /// The four fields of a descriptor that lies across a border.
  private borrowing func fields(
    at address: UInt64, _ isBig: Bool
  ) -> (UInt64, UInt32, UInt16, UInt16)? {
    guard let buffer = read(UInt64.self, at: address, bigEndian: isBig),
      let length = read(UInt32.self, at: address &+ 8, bigEndian: isBig),
      let first = read(UInt16.self, at: address &+ 12, bigEndian: isBig),
      let second = read(UInt16.self, at: address &+ 14, bigEndian: isBig)
    else { return nil }
    return (buffer, length, first, second)
  }
}
