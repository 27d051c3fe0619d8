public import Model
internal import Wire

/// One trace event of QEMU, taken from a line of its log.
///
/// Formats: QEMU's `trace-events` files (`hw/virtio`, `hw/pci`, `hw/s390x`, `softmmu`), versions 5
/// to 10; what they share is read, and the fields that came later may be missing.
public struct QEMUEvent: Sendable {
  /// What the line is, and what a reader of a whole log has to do with it.
  public enum Role: UInt8, Sendable {
    /// `access` stands for itself.
    case access
    /// An access to a named region, `handle` and `payload` (the name) tell which one.
    case region
    /// A configuration access as the function saw it; its width is a guess until the access that
    /// carried it is seen.
    case configuration
    /// Repeats another line.
    case duplicate
  }

  public var role: Role
  /// What the event says; `record` and `location` are 0, `time` is 0 where the line has none.
  public var access: Access
  /// The region's handle (`mr`), else 0.
  public var handle: UInt64 = 0
  /// Where in the line the name lies that belongs to the access: of a region, a device, or nowhere.
  public var payload: Range<Int> = 0..<0
  /// Whether the line carries a time.
  public var hasTime = false

  /// What became of a line.
  public enum Outcome: Sendable {
    /// An event that this tool uses.
    case event(QEMUEvent)
    /// Another event, by the range of its name.
    case other(Range<Int>)
    /// No event at all.
    case noise
    /// An event by its name whose body is not as it should be; the range is that of the name.
    case damaged(Range<Int>)
  }

  /// Reads one line, without its line end.
  public static func parse(_ line: RawSpan) -> Outcome {
    guard let head = QEMULine(line) else { return .noise }
    return parse(line, head)
  }

  /// Reads a line whose head was taken already.
  static func parse(_ line: RawSpan, _ head: QEMULine) -> Outcome {
    guard let form = Form(line, head.name) else { return .other(head.name) }
    var event = QEMUEvent(
      role: .access,
      access: Access(
        kind: .mmio, record: 0, time: head.time ?? 0, location: 0,
        cpu: head.thread.map { UInt16(truncatingIfNeeded: $0) } ?? Access.noCPU))
    event.hasTime = head.time != nil
    var body = TextCursor(line, at: head.name.upperBound)
    body.skipSpaces()
    event.fill(form, from: &body)
    return body.isComplete ? .event(event) : .damaged(head.name)
  }

  /// The event that a line tells, nil when it tells none.
  public init?(line: RawSpan) {
    guard case .event(let event) = Self.parse(line) else { return nil }
    self = event
  }

  init(role: Role, access: Access) {
    self.role = role
    self.access = access
  }

  private mutating func fill(_ form: Form, from body: inout TextCursor) {
    switch form {
    case .regionRead: region(isWrite: false, &body)
    case .regionWrite: region(isWrite: true, &body)
    case .configurationRead: configuration(isWrite: false, &body)
    case .configurationWrite: configuration(isWrite: true, &body)
    case .mappingAdded: mapping(isRemoved: false, &body)
    case .mappingRemoved: mapping(isRemoved: true, &body)
    case .status, .kick, .notify, .notifyByIRQFD, .pop, .fill, .flush: host(form, &body)
    case .channelCommand, .newSubchannel, .indicator, .ioInterrupt, .adapterInterrupt:
      channel(form, &body)
    case .regionName: regionName(&body)
    case .duplicate: role = .duplicate
    }
  }
}

extension QEMUEvent {
  /// The events that are used, by name.
  enum Form {
    case regionRead, regionWrite, configurationRead, configurationWrite
    case mappingAdded, mappingRemoved
    case status, kick, notify, notifyByIRQFD, pop, fill, flush
    case channelCommand, newSubchannel, indicator, ioInterrupt, adapterInterrupt
    /// The line that this tool writes for a `hostRegion`.
    case regionName
    case duplicate

    /// Names of equal length are few, so that a name is compared at most with these.
    init?(_ line: RawSpan, _ name: Range<Int>) {
      var found: Form?
      @inline(__always) func test(_ text: String, _ form: Form) {
        if found == nil, line.equals(text, in: name) { found = form }
      }
      switch name.count {
      case 12: test("pci_cfg_read", .configurationRead)
      case 13:
        test("vtrace_region", .regionName)
        test("virtqueue_pop", .pop)
        test("pci_cfg_write", .configurationWrite)
        test("virtio_notify", .notify)
      case 14: test("virtqueue_fill", .fill)
      case 15: test("virtqueue_flush", .flush)
      case 16:
        test("virtio_mmio_read", .duplicate)
        test("css_io_interrupt", .ioInterrupt)
      case 17:
        test("virtio_set_status", .status)
        test("virtio_mmio_write", .duplicate)
      case 18: test("virtio_ccw_set_ind", .indicator)
      case 19:
        test("virtio_queue_notify", .kick)
        test("virtio_notify_irqfd", .notifyByIRQFD)
      case 21:
        test("css_adapter_interrupt", .adapterInterrupt)
        test("virtio_ccw_new_device", .newSubchannel)
      case 22:
        test("memory_region_ops_read", .regionRead)
        test("virtio_mmio_guest_page", .duplicate)
      case 23:
        test("memory_region_ops_write", .regionWrite)
        test("virtio_pci_notify_write", .duplicate)
        test("pci_update_mappings_add", .mappingAdded)
        test("pci_update_mappings_del", .mappingRemoved)
        test("virtio_mmio_queue_write", .duplicate)
      case 24:
        test("virtio_mmio_write_offset", .duplicate)
        test("virtio_ccw_interpret_ccw", .channelCommand)
        test("virtio_mmio_queue_notify", .duplicate)
      case 26: test("memory_region_subpage_read", .duplicate)
      case 27:
        test("memory_region_subpage_write", .duplicate)
        test("virtio_pci_notify_write_pio", .duplicate)
      default: break
      }
      guard let found else { return nil }
      self = found
    }
  }
}
