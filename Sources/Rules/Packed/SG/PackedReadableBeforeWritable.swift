import Model

/// In a list of a packed queue the buffers for the device to read come before those for it to write.
///
/// Spec: 2.8.17
struct PackedReadableBeforeWritable: ChainFaultRow {
  static let id = "packed.sg.readable-before-writable"
  static let isPacked = true
  static let faults: [RingFault.Kind] = [.readableAfterWritable]

  static func deed(_ fault: RingFault) -> String {
    "with a device-readable buffer behind a device-writable one"
  }
}
