/// Events that the device's own side logged: which of them tell something that no access told.
struct HostEvents: Sendable {
  mutating func receive(
    _ access: Access, payload: RawSpan, pci: inout PCITransport, mmio: inout MMIOTransport,
    devices: inout DeviceTable, into steps: inout StepBuffer
  ) {}

  /// Sees what the guest's accesses meant, to tell a host event that only repeats one.
  mutating func observe(_ steps: StepBuffer, access: Access, devices: DeviceTable) {}
}
