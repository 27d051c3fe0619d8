import VirtioSpec
internal import Wire

/// virtio-ccw: subchannels and what the channel commands sent to them mean.
///
/// A subchannel is one of virtio's when its control unit says so, when it takes a command of
/// virtio, or when a hint names it.
struct CCWTransport: Sendable {
  var subchannels: [CCWSubchannel] = []
  private var places: [UInt64: Int] = [:]
  private var last = 0
  /// Guest memory between these addresses may hold indicators.
  var watchedFrom: UInt64 = .max
  var watchedTo: UInt64 = 0
  /// Bytes of adapter indicators as last seen: several devices share them.
  var adapterBytes: [UInt64: UInt8] = [:]
  /// The recording shows indicators being set, so that an interrupt tells nothing new.
  var seesIndicators = false

  static var subchannelLimit: Int { 4096 }

  mutating func receive(
    _ access: Access, payload: RawSpan, devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    switch access.kind {
    case .channelCommand:
      guard let place = place(of: access.address) else { return }
      let data = payload.data(of: access)
      subchannels[place].receive(access, data, devices: &devices, into: &steps)
      if subchannels[place].usesIndicators { watch(place) }
    case .notifyHypercall:
      guard let place = place(of: access.address) else { return }
      notify(place, access, payload.data(of: access), &devices, into: &steps)
    case .subchannelEvent:
      guard let place = place(of: access.address) else { return }
      let data = payload.data(of: access)
      subchannels[place].receiveEvent(access, data, devices: &devices, into: &steps)
    case .interrupt:
      receiveInterrupt(access, payload.data(of: access), into: &steps)
    default: break
    }
  }

  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {
    guard let address = hint.subchannel, let place = place(of: address) else { return }
    subchannels[place].number = hint.devno ?? subchannels[place].number
    subchannels[place].hintedID = hint.id ?? subchannels[place].hintedID
    var unused = StepBuffer()
    subchannels[place].attach(to: &devices, into: &unused)
    let device = subchannels[place].device
    guard device >= 0 else { return }
    devices[device].id = subchannels[place].id
    devices[device].learn {
      $0.takePlatform(hint)
      if let type = hint.deviceID, type != 0 { $0.type = DeviceType(rawValue: type) }
    }
    devices.tellQueues(hint, of: device)
  }

  /// Takes a reset of the whole machine, after which no subchannel is enabled.
  mutating func resetMachine() {
    for place in subchannels.indices { subchannels[place].resetMachine() }
    adapterBytes = [:]
  }

  /// The place of a subchannel, made when new; nil beyond the limit.
  mutating func place(of address: UInt64) -> Int? {
    if last < subchannels.count, subchannels[last].address == address { return last }
    if let place = places[address] {
      last = place
      return place
    }
    guard subchannels.count < Self.subchannelLimit else { return nil }
    last = subchannels.count
    places[address] = last
    subchannels.append(CCWSubchannel(address: address))
    return last
  }

  /// DIAGNOSE 0x500 function 3: `code` is the notification data, the payload cookie and answer.
  ///
  /// Spec: 4.3.3.2.1, Driver Notifications.
  private mutating func notify(
    _ place: Int, _ access: Access, _ data: RawSpan, _ devices: inout DeviceTable,
    into steps: inout StepBuffer
  ) {
    subchannels[place].attach(to: &devices, into: &steps)
    let device = subchannels[place].device
    guard device >= 0 else { return }
    let carriesData =
      access.code > 0xffff && subchannels[place].interface != .legacy
      && devices[device].current.accepted.contains(38)
    var step = Transaction(
      .kick, at: RecordReference(access), value: UInt64(access.code),
      queue: Int32(clamping: carriesData ? access.code & 0xffff : access.code),
      interface: subchannels[place].interface, cpu: access.cpu)
    if data.byteCount >= 16, data.bigEndian(Int64.self, at: 8) < 0 {
      step.traits.insert(.rejected)
    }
    if subchannels[place].passesOtherCookie(data, queue: step.queue) {
      step.traits.insert(.otherCookie)
    }
    steps.append(step, to: device)
  }
}
