extension DeviceType {
  /// How many virtqueues every device of the type has, administration queues aside; nil where that
  /// depends on features or on the device, or the specification does not describe the type.
  ///
  /// Spec: "Virtqueues" in the section of each device.
  public var queueCount: Int? {
    switch self {
    case .rng, .mem, .pmem, .rpmb, .i2c, .spi: 1
    case .gpu, .input, .iommu, .media: 2
    case .vsock, .can: 3
    case .sound: 4
    default: nil
    }
  }
}
