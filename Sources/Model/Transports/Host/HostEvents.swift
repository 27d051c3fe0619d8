internal import Wire

/// Events that the device's own side logged: which of them tell something that no access told.
///
/// Such a log names a device by a handle (`vdev`) and a queue by another (`vq`). What the device did
/// because of an access stands right behind the access, from the same thread: that ties a handle to
/// a device, and tells an event that repeats an access from one that stands for an access nobody
/// recorded. A class name ties nothing: two devices may share it.
struct HostEvents: Sendable {
  private var handles = HostHandles()
  private var causes = HostCauses()
  private var starts = ServiceStarts()
  private var echoes = KickEchoes()
  /// Devices whose own log tells of used buffer notifications, so that messages repeat them.
  private var tellsInterrupts: Set<Int32> = []
  private var devicesMet: Int32 = 0
  /// The recording is such a log; others have nothing that accesses must be kept for.
  private var isTold = false

  mutating func receive(
    _ access: Access, payload: RawSpan, pci: inout PCITransport, mmio: inout MMIOTransport,
    devices: inout DeviceTable, into steps: inout StepBuffer
  ) {
    isTold = true
    switch access.kind {
    case .hostStatus: receiveStatus(access, devices, &steps)
    case .hostKick: receiveKick(access, &steps)
    case .hostInterrupt: receiveInterrupt(access, &steps)
    case .hostPop: receiveBuffers(.buffersTaken, 1, access, &steps)
    case .hostFlush: receiveBuffers(.buffersUsed, UInt64(access.code), access, &steps)
    case .hostMapping:
      pci.receiveMapping(access, name: Self.text(access, payload), devices: &devices)
    case .hostRegion: pci.receiveRegion(access, name: Self.text(access, payload))
    default: break
    }
  }

  /// The name that comes with an event; names are ASCII and short.
  private static func text(_ access: Access, _ payload: RawSpan) -> String {
    let start = access.payloadOffset
    let count = min(Int(access.payloadCount), 128)
    guard start >= 0, count > 0, start <= payload.byteCount - count else { return "" }
    var text = ""
    for place in start..<start + count {
      text.unicodeScalars.append(Unicode.Scalar(payload.byte(at: place)))
    }
    return text
  }

  /// Sees what an access meant, to tell a host event that only repeats one; takes out of `steps`
  /// what repeats a host event.
  mutating func observe(_ steps: inout StepBuffer, access: Access) {
    guard isTold, access.kind.rawValue < 128 else { return }
    if access.kind == .interrupt {
      guard !tellsInterrupts.isEmpty else { return }
      steps.removeAll {
        $0.transaction.kind == .interrupt && $0.transaction.index != 1
          && tellsInterrupts.contains($0.device)
      }
      return
    }
    for place in steps.steps.indices {
      let step = steps.steps[place]
      if step.transaction.traits.contains(.byDevice) { continue }
      echoes.note(guestThread: access.cpu)
      causes.note(step, thread: access.cpu)
    }
  }

  /// Sees devices that were met: one that appears while every device of the log is known to be
  /// reset, and none was used, begins its life in this recording.
  mutating func welcome(_ devices: inout DeviceTable) {
    while devicesMet < devices.count {
      if handles.everyUnboundIsReset { devices[devicesMet].current.startKnown = true }
      devicesMet += 1
    }
  }

  // MARK: Status

  private mutating func receiveStatus(
    _ access: Access, _ devices: DeviceTable, _ steps: inout StepBuffer
  ) {
    let handle = access.address
    let status = UInt8(truncatingIfNeeded: access.code)
    handles.setStatus(status, of: handle)
    if let device = causes.deviceOfStatus(status, thread: access.cpu) {
      handles.bind(handle, to: device)
      if status & 4 != 0 { starts.begin(device) }
      return
    }
    guard let device = handles.device(handle) else { return }
    // A device that goes on serving, after a pause of the machine for example, starts anew.
    if status & 4 != 0 { starts.begin(device) }
    // Not 0: the device's own bookkeeping (bus mastering switched off, machine paused).
    guard status == 0, devices[device].current.hasLife else { return }
    steps.append(
      Transaction(
        .reset, at: RecordReference(access), traits: [.fromHostLog, .byDevice], cpu: access.cpu),
      to: device)
  }

  // MARK: Notifications

  private mutating func receiveKick(_ access: Access, _ steps: inout StepBuffer) {
    let queue = Int32(truncatingIfNeeded: access.code & 0xffff)
    let known = handles.device(access.address)
    if let device = causes.takeKick(queue, of: known, thread: access.cpu) {
      if known == nil { handles.bind(access.address, to: device) }
      handles.bind(queue: access.value, to: queue, of: device)
      starts.note(queue, of: device)
      return
    }
    guard let device = known else { return }
    handles.bind(queue: access.value, to: queue, of: device)
    if echoes.isGuest(access.cpu) {
      echoes.expect(queue, of: device)
      starts.note(queue, of: device)
    } else {
      if echoes.takes(queue, of: device) { return }
      // The device kicks each queue itself when it starts to serve it.
      if starts.takes(queue, of: device) { return }
    }
    steps.append(
      Transaction(
        .kick, at: RecordReference(access), value: UInt64(queue), queue: queue,
        traits: .fromHostLog, cpu: access.cpu),
      to: device)
  }

  private mutating func receiveInterrupt(_ access: Access, _ steps: inout StepBuffer) {
    let place = handles.queue(access.value)
    guard let device = place?.device ?? handles.device(access.address) else { return }
    tellsInterrupts.insert(device)
    steps.append(
      Transaction(
        .interrupt, at: RecordReference(access), queue: place?.queue ?? -1,
        index: place == nil ? 2 : 0, traits: [.fromHostLog, .byDevice], cpu: access.cpu),
      to: device)
  }

  private func receiveBuffers(
    _ kind: Transaction.Kind, _ value: UInt64, _ access: Access, _ steps: inout StepBuffer
  ) {
    guard let place = handles.queue(access.value) else { return }
    steps.append(
      Transaction(
        kind, at: RecordReference(access), value: value, queue: place.queue,
        traits: [.fromHostLog, .byDevice], cpu: access.cpu),
      to: place.device)
  }
}
