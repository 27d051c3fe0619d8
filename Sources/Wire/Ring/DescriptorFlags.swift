/// The flags of a descriptor; both ring formats share the first three.
///
/// Spec: 2.7.5 and 2.8.1, `VIRTQ_DESC_F_*`.
public struct DescriptorFlags: OptionSet, Sendable, BitwiseCopyable, Hashable {
  public let rawValue: UInt16

  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The chain goes on: at `next` (split), or in the following slot (packed).
  @inlinable public static var next: DescriptorFlags { DescriptorFlags(rawValue: 1) }
  /// The buffer is for the device to write; else for it to read.
  @inlinable public static var write: DescriptorFlags { DescriptorFlags(rawValue: 2) }
  /// The buffer is a table of descriptors.
  @inlinable public static var indirect: DescriptorFlags { DescriptorFlags(rawValue: 4) }
  /// Packed rings: the driver's side of the wrap counter.
  @inlinable public static var available: DescriptorFlags { DescriptorFlags(rawValue: 1 << 7) }
  /// Packed rings: the device's side of the wrap counter.
  @inlinable public static var used: DescriptorFlags { DescriptorFlags(rawValue: 1 << 15) }

  /// Packed rings: whether the descriptor is available while the driver's wrap counter is `wrap`.
  ///
  /// Spec: 2.8.1.
  @inlinable public func isAvailable(_ wrap: Bool) -> Bool {
    contains(.available) == wrap && contains(.used) != wrap
  }
}
