/// Fixed numbers of the PCI transport.
///
/// Spec: 4.1.2, PCI Device Discovery; 4.1.4, Virtio Structure PCI Capabilities; 4.1.5.1.2.
public enum PCIConstants {
  /// Vendor id of every virtio device.
  public static let vendorID: UInt16 = 0x1af4
  /// Device ids of transitional devices.
  public static let transitionalDeviceIDs: ClosedRange<UInt16> = 0x1000...0x103f
  /// Device ids that are 0x1040 plus the virtio device type.
  public static let modernDeviceIDs: ClosedRange<UInt16> = 0x1040...0x107f
  /// Id of the vendor-specific capability that locates each virtio structure.
  public static let capabilityID: UInt8 = 0x09
  /// The MSI-X vector that means "none".
  public static let noVector: UInt16 = 0xffff
  /// Bytes of the common configuration structure with everything that 1.4 put into it.
  public static let commonConfigurationSize = 64
  /// Bytes that every version since 1.0 has.
  public static let commonConfigurationMinimumSize = 56
  /// Legacy: where the device configuration starts in BAR 0 while MSI-X is disabled.
  public static let legacyConfigOffset = 20
  /// Legacy: where the device configuration starts in BAR 0 while MSI-X is enabled.
  public static let legacyConfigOffsetWithMSIX = 24
  /// Legacy: bytes of the page that `queue_address` counts, and the alignment of a used ring.
  public static let legacyQueueAlignment: UInt64 = 4096
  /// ISR status bit: a queue has used buffers.
  public static let isrQueue: UInt8 = 0x01
  /// ISR status bit: the device configuration changed.
  public static let isrConfiguration: UInt8 = 0x02
}
