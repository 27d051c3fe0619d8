/// How driver and device reach each other.
///
/// Spec: chapter 4, Virtio Transport Options.
public enum TransportKind: UInt8, Sendable, Hashable, BitwiseCopyable, CaseIterable {
  /// Virtio over PCI (4.1).
  case pci
  /// Virtio over memory-mapped registers (4.2).
  case mmio
  /// Virtio over channel I/O (4.3).
  case ccw

  /// The short name used in options and reports.
  public var name: String {
    switch self {
    case .pci: "pci"
    case .mmio: "mmio"
    case .ccw: "ccw"
    }
  }
}
