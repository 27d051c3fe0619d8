/// virtio-mmio: windows found by their magic value, and what accesses to their registers mean.
struct MMIOTransport: Sendable {
  mutating func receive(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool { false }

  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {}
}
