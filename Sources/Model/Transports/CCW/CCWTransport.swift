/// virtio-ccw: subchannels and what the channel commands sent to them mean.
struct CCWTransport: Sendable {
  mutating func receive(
    _ access: Access, payload: RawSpan, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {}

  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {}
}
