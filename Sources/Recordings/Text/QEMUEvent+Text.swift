public import Model
internal import Wire

extension QEMUEvent {
  /// Appends the line that tells what a host access (kinds from 128 on) says, without thread and
  /// time; what `parse` makes of it is the access again. Nothing is appended for other kinds.
  ///
  /// What QEMU prints and an access does not hold (an element's address, an index) stands as zero.
  /// `hostRegion` has no event in QEMU; its line is this tool's own and begins `vtrace_region`.
  ///
  /// - Parameter payload: the access's own data, a region's or a device's name.
  public static func append(_ access: Access, payload: RawSpan, to text: inout [UInt8]) {
    switch access.kind {
    case .hostStatus:
      text.put("virtio_set_status vdev ", hex: access.address)
      text.put(" val ", decimal: UInt64(access.code))
    case .hostKick:
      text.put("virtio_queue_notify vdev ", hex: access.address)
      text.put(" n ", decimal: UInt64(access.code))
      text.put(" vq ", hex: access.value)
    case .hostInterrupt:
      text.put(access.code == 1 ? "virtio_notify_irqfd" : "virtio_notify")
      text.put(" vdev ", hex: access.address)
      text.put(" vq ", hex: access.value)
    case .hostPop:
      text.put("virtqueue_pop vq ", hex: access.value)
      text.put(" elem 0x0 in_num ", decimal: UInt64(access.code >> 16))
      text.put(" out_num ", decimal: UInt64(access.code & 0xffff))
    case .hostFill:
      text.put("virtqueue_fill vq ", hex: access.value)
      text.put(" elem 0x0 len ", decimal: UInt64(access.code))
      text.put(" idx 0")
    case .hostFlush:
      text.put("virtqueue_flush vq ", hex: access.value)
      text.put(" count ", decimal: UInt64(access.code))
    case .hostMapping: appendMapping(access, payload, to: &text)
    case .hostRegion:
      text.put("vtrace_region number ", decimal: UInt64(access.code))
      text.put(" mr ", hex: access.value)
      text.put(" addr ", hex: access.address)
      text.put(" name '")
      text.append(contentsOf: payload.array)
      text.put("'")
    default: break
    }
  }

  private static func appendMapping(
    _ access: Access, _ payload: RawSpan, to text: inout [UInt8]
  ) {
    text.put(access.code >> 31 == 1 ? "pci_update_mappings_del " : "pci_update_mappings_add ")
    text.append(contentsOf: payload.array)
    text.put(" " + hex(access.address >> 20 & 0xff, digits: 2))
    text.put(":" + hex(access.address >> 15 & 0x1f, digits: 2))
    text.put("." + hex(access.address >> 12 & 7, digits: 1))
    text.put(" ", decimal: UInt64(access.code & 7))
    text.put(",", hex: access.value)
    text.put("+", hex: UInt64(access.width))
  }
}

extension [UInt8] {
  fileprivate mutating func put(_ text: String) { append(contentsOf: text.utf8) }

  fileprivate mutating func put(_ text: String, hex value: UInt64) {
    put(text)
    put("0x" + String(value, radix: 16))
  }

  fileprivate mutating func put(_ text: String, decimal value: UInt64) {
    put(text)
    put(String(value))
  }
}
