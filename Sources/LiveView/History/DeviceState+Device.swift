public import Model
import Reports
public import VirtioSpec

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

  /// A device as its system shows it: type, status, and the features that were negotiated.
  public init(
    ofSystem id: String, transport: TransportKind?, type: DeviceType, status: DeviceStatus,
    features: FeatureSet
  ) {
    self.init(
      id: id, transport: transport, type: type, pciDeviceID: 0, remarks: [], session: 0,
      startKnown: false, interface: .none, status: status, isStatusKnown: true,
      offered: FeatureSet(), accepted: features, config: [], lastRecord: .none, isOfSystem: true)
  }
}
