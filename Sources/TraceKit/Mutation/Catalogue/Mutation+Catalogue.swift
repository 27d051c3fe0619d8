extension Mutation {
  /// Every fault that there is.
  public static let catalogue: [Mutation] =
    initialization + status + features + offers + configuration + queues + devices
    + mmio + mmioQueues + legacyMMIO + pci + pciVectors + pciLayout + legacyPCI
    + ccw + ccwQueues + ccwInterrupts + splitRings + splitChains + blockRequests + netRequests
    + proposals

  /// The general rules about the order of the initialization.
  static let order = [
    "core.init.sequence-order", "core.status.progress-bits", "mmio.init.general-sequence",
  ]
}
