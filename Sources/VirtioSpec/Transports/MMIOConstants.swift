/// Fixed numbers of the MMIO transport.
///
/// Spec: 4.2.2, MMIO Device Register Layout; 4.2.4, Legacy interface.
public enum MMIOConstants {
  /// `MagicValue`: "virt" in little-endian ASCII.
  public static let magic: UInt32 = 0x7472_6976
  /// `Version` of the modern interface.
  public static let modernVersion: UInt32 = 2
  /// `Version` of the legacy interface.
  public static let legacyVersion: UInt32 = 1
  /// Where the device configuration starts.
  public static let configOffset = 0x100
  /// `InterruptStatus` bit: used buffer notification.
  public static let interruptUsedBuffer: UInt32 = 0x01
  /// `InterruptStatus` bit: configuration change notification.
  public static let interruptConfiguration: UInt32 = 0x02
}
