import VirtioSpec
internal import Wire

/// virtio-mmio: windows found by their magic value, and what accesses to their registers mean.
///
/// A window comes from a read of the magic value that a plausible identification follows, from a
/// hint, or from a log that names the region. An access costs one comparison where no window is
/// near, else a binary search over sorted bases; the window hit last is tried first.
struct MMIOTransport: Sendable {
  /// Sorted by base.
  private var windows: [MMIOWindow] = []
  /// The place of the window that was hit last.
  private var last = 0
  /// From the first window's base to the end of the last one.
  private var lowest: UInt64 = .max
  private var extent: UInt64 = 0

  static var windowLimit: Int { 4096 }

  /// Decodes an access to a known window; false when it lies in none.
  mutating func receive(
    _ access: Access, devices: inout DeviceTable, into steps: inout StepBuffer
  ) -> Bool {
    guard let place = place(of: access.address) else { return false }
    let offset = access.address &- windows[place].base
    if offset >= MMIOWindow.defaultSize, Self.isMagic(access) { return false }
    if !windows[place].isConfirmed, !confirm(place, access, offset) { return false }
    windows[place].receive(access, offset: Int(offset), devices: &devices, into: &steps)
    return true
  }

  /// Learns a window from an access that nobody else claimed; true when it read a magic value.
  mutating func discover(_ access: Access) -> Bool {
    guard Self.isMagic(access) else { return false }
    guard let place = insert(MMIOWindow(base: access.address, isProbed: true)) else { return false }
    windows[place].forget()
    windows[place].hold(
      Transaction(
        .readMagic, at: RecordReference(access), value: access.value & 0xffff_ffff,
        mask: 0xffff_ffff, width: 4, cpu: access.cpu))
    return true
  }

  /// Takes a region that a log names: QEMU gives every slot 0x200 bytes, aligned to them.
  mutating func takeRegion(_ access: Access, payload: RawSpan) {
    guard access.payloadCount == 11,
      payload.data(of: access).starts(with: Array("virtio-mmio".utf8))
    else { return }
    let base = access.address & ~(MMIOWindow.defaultSize - 1)
    guard let place = insert(MMIOWindow(base: base, isProbed: base == access.address))
    else { return }
    windows[place].isConfirmed = true
  }

  /// Forgets what drivers selected, where accesses are missing.
  mutating func forgetSelections() {
    for place in windows.indices { windows[place].forgetSelections() }
  }

  mutating func take(_ hint: DeviceHint, devices: inout DeviceTable) {
    guard let base = hint.base else { return }
    guard let place = insert(MMIOWindow(base: base, isProbed: false)) else { return }
    windows[place].isConfirmed = true
    windows[place].hintedSize = hint.size ?? 0
    windows[place].version = hint.version ?? windows[place].version
    fitSizes()
    guard let type = hint.deviceID, type != 0, windows[place].device < 0 else { return }
    windows[place].addDevice(to: &devices)
    let version = windows[place].version
    let device = windows[place].device
    guard device >= 0 else { return }
    devices[device].learn {
      $0.type = DeviceType(rawValue: type)
      $0.mmioVersion = version
      $0.takePlatform(hint)
    }
    devices.tellQueues(hint, of: device)
  }

  /// What is known of the devices, for a recording that begins here.
  func hints(_ devices: DeviceTable) -> [DeviceHint] {
    windows.filter { $0.device >= 0 }.map { window in
      var hint = DeviceHint(transport: .mmio)
      hint.base = window.base
      hint.size = window.size
      hint.deviceID = devices[window.device].profile.type?.rawValue
      if window.version != 0 { hint.version = window.version }
      return hint
    }
  }

  /// Whether this reads a magic value: four bytes, aligned as a register is.
  private static func isMagic(_ access: Access) -> Bool {
    access.value == UInt64(MMIOConstants.magic) && access.width == 4 && !access.isWrite
      && access.address & 3 == 0 && access.hasData
  }

  /// Whether an access to a window of which only the magic value was read fits into a probe.
  ///
  /// The same four bytes can stand elsewhere, such as in the tag `virtiofs` of a file system.
  private mutating func confirm(_ place: Int, _ access: Access, _ offset: UInt64) -> Bool {
    switch (offset, access.isWrite) {
    case (0, false) where Self.isMagic(access): return true
    case (0x04, false): windows[place].isConfirmed = 1...2 ~= access.value
    case (0x08, false): windows[place].isConfirmed = access.value < 0x100
    case (0x70, _): windows[place].isConfirmed = access.value < 0x100
    default: return false
    }
    return windows[place].isConfirmed
  }

  // MARK: Where a window lies

  /// The place of the window that covers `address`.
  private mutating func place(of address: UInt64) -> Int? {
    guard address &- lowest < extent else { return nil }
    if windows[last].contains(address) { return last }
    let place = upperBound(address)
    guard place > 0, windows[place - 1].contains(address) else { return nil }
    last = place - 1
    return last
  }

  /// How many windows begin at or below `address`.
  private func upperBound(_ address: UInt64) -> Int {
    var low = 0
    var high = windows.count
    while low < high {
      let middle = (low + high) / 2
      if windows[middle].base <= address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds a window, or finds the one at the same base; nil when there are too many.
  private mutating func insert(_ window: MMIOWindow) -> Int? {
    let place = upperBound(window.base)
    if place > 0, windows[place - 1].base == window.base { return place - 1 }
    guard windows.count < Self.windowLimit else { return nil }
    windows.insert(window, at: place)
    last = place
    fitSizes()
    return place
  }

  /// Gives each window the room up to its neighbour, and more than the usual only where at least
  /// three windows show that their slots are wider.
  private mutating func fitSizes() {
    var spacing = MMIOWindow.largestSize
    for place in windows.indices.dropFirst() {
      spacing = min(spacing, windows[place].base - windows[place - 1].base)
    }
    let usual = windows.count < 3 ? MMIOWindow.defaultSize : max(spacing, MMIOWindow.defaultSize)
    for place in windows.indices {
      let isLast = place == windows.count - 1
      let room = isLast ? .max : windows[place + 1].base - windows[place].base
      let wanted = windows[place].hintedSize > 0 ? windows[place].hintedSize : usual
      windows[place].size = min(wanted, room)
    }
    guard let first = windows.first, let end = windows.last else { return }
    lowest = first.base
    extent = (end.base - first.base).addingReportingOverflow(end.size).partialValue
  }
}

extension RawSpan {
  /// The bytes of an access, none where it has none or they do not lie in the span.
  @_lifetime(copy self)
  func data(of access: Access) -> RawSpan {
    let start = access.payloadOffset
    let (end, overflows) = start.addingReportingOverflow(Int(access.payloadCount))
    guard start >= 0, !overflows, end <= byteCount else { return extracting(0..<0) }
    return extracting(start..<end)
  }
}
