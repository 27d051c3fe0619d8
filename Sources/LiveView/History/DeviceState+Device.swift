import Model
import Reports

extension DeviceState {
  /// What `device` is at this moment, without its queues.
  init(_ device: Device, rates: DeviceRates) {
    let session = device.current
    self.init(
      id: device.id, transport: device.profile.transport, type: device.profile.type,
      pciDeviceID: device.profile.pciDeviceID, remarks: Array(device.remarks.prefix(8)),
      session: session.index, startKnown: session.startKnown, interface: session.interface,
      status: session.status, isStatusKnown: session.isStatusKnown, offered: session.offered,
      accepted: session.accepted,
      config: session.configFields().map { "\($0.name)=\($0.text)" },
      lastRecord: session.lastRecord, rates: rates)
  }
}
