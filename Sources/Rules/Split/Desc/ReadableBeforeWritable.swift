import Model

/// All buffers of a chain for the device to read come before those for it to write.
///
/// Spec: 2.7.4.2
struct ReadableBeforeWritable: ChainFaultRow {
  static let id = "split.desc.readable-before-writable"
  static let isPacked = false
  static let faults: [RingFault.Kind] = [.readableAfterWritable]

  static func deed(_ fault: RingFault) -> String {
    "with a device-readable buffer behind a device-writable one"
  }
}
