import VirtioSpec

/// Accesses made through the window of VIRTIO_PCI_CAP_PCI_CFG.
extension PCITransport {
  /// Bytes of the capability in front of its data.
  private static var dataOffset: Int { 16 }

  /// How far into the window's capability `register` lies, nil outside.
  private func placeInWindow(_ register: Int, _ number: Int32) -> Int? {
    let start = functions[Int(number)].capabilities.window
    guard start != 0, register >= start + 4, register < start + 20 else { return nil }
    return register - start
  }

  /// Takes a write to the window's capability; false when it is none.
  mutating func writesWindow(
    _ access: Access, _ register: Int, _ number: Int32, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) -> Bool {
    guard let place = placeInWindow(register, number) else { return false }
    functions[Int(number)].window.thread = access.cpu
    windowInUse = number
    if place >= Self.dataOffset {
      useWindow(access, at: place - Self.dataOffset, number, &devices, &steps)
    } else {
      let width = access.width == 0 ? 4 - place & 3 : Int(access.width)
      functions[Int(number)].window.take(place: place, value: access.value, width: width)
      functions[Int(number)].window.isSet = true
    }
    return true
  }

  /// Takes a read of the window's capability; false when it is to be taken as any other read.
  mutating func readsWindow(
    _ access: Access, _ register: Int, _ number: Int32, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) -> Bool {
    guard let place = placeInWindow(register, number) else { return false }
    guard place < Self.dataOffset else {
      useWindow(access, at: place - Self.dataOffset, number, &devices, &steps)
      functions[Int(number)].window.thread = nil
      return true
    }
    let width = access.width == 0 ? ConfigurationImage.leastWidth(access.value) : Int(access.width)
    functions[Int(number)].window.take(place: place, value: access.value, width: width)
    return false
  }

  /// Decodes an access to the window's data as one to the structure that the window points at.
  private mutating func useWindow(
    _ access: Access, at place: Int, _ number: Int32, _ devices: inout DeviceTable,
    _ steps: inout StepBuffer
  ) {
    let window = functions[Int(number)].window
    tellLayout(of: number, &steps)
    if access.isWrite || window.isSet {
      steps.append(
        Transaction(
          access.isWrite ? .writeWindow : .readWindow, at: RecordReference(access),
          value: access.value, mask: UInt64(window.length), queue: Int32(window.bar),
          index: window.offset, width: UInt8(truncatingIfNeeded: access.width),
          byteInField: UInt8(truncatingIfNeeded: place), cpu: access.cpu),
        to: functions[Int(number)].device)
    }
    let target = UInt64(window.offset) + UInt64(place)
    guard let structure = structure(at: target, bar: window.bar, of: number) else { return }
    var inside = PCIAccess(
      access, offset: target - structure.offset, traits: .throughWindow)
    if window.length > 0, window.length <= 8 {
      inside.width = Int(window.length)
      inside.value &= PCIAccess.ones(inside.width)
    }
    tellUse(of: structure.position, inside.reference, number, devices, &steps)
    decode(inside, structure.kind, structure.multiplier, of: number, &devices, &steps)
  }

  /// The structure at `offset` in a base address register, wherever that lies.
  private func structure(at offset: UInt64, bar: UInt8, of number: Int32) -> PCIStructure? {
    let here = functions[Int(number)].structures.filter {
      $0.bar == bar && offset >= $0.offset
        && offset - $0.offset < ($0.length > 0 ? $0.length : 4096)
    }
    return here.first { $0.kind != .reserved } ?? here.first
  }

  /// Whether an access to a structure is what the device's own side logged of an access through the
  /// window, which the recording shows as a configuration access too.
  mutating func isEcho(_ access: Access, _ region: PCIRegion, _ offset: UInt64) -> Bool {
    let place = Int(windowInUse)
    let window = functions[place].window
    guard let thread = window.thread, thread == access.cpu else { return false }
    // Whatever else the thread does ends what it did through the window.
    functions[place].window.thread = nil
    guard region.function == windowInUse,
      let placement = functions[place].placement(of: Int(window.bar)),
      access.address >= placement.base
    else { return false }
    return window.covers(access.address - placement.base)
  }
}
