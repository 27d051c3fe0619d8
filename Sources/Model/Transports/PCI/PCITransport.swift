/// PCI: functions, their structures, and what accesses to them mean.
struct PCITransport: Sendable {
  mutating func receiveMemory(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool { false }

  mutating func receivePort(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool { false }

  mutating func receiveConfiguration(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {}

  mutating func receiveInterrupt(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {}

  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {}
}
