/// A kind of kernel trace event as a made recording declares it: what its `format` file says.
public struct TraceEventKind: Sendable {
  /// A field of the event's own.
  public struct Field: Sendable {
    /// C type as the kernel prints it.
    public var type: String
    public var name: String
    /// 1, 2, 4 or 8 bytes.
    public var size: Int
    public var isSigned: Bool

    public init(_ type: String, _ name: String, size: Int, isSigned: Bool = false) {
      self.type = type
      self.name = name
      self.size = size
      self.isSigned = isSigned
    }
  }

  /// The directory under `events`.
  public var system: String
  public var name: String
  public var id: UInt16
  public var fields: [Field]
  public var printFormat: String

  public init(
    system: String, name: String, id: UInt16, fields: [Field], printFormat: String
  ) {
    self.system = system
    self.name = name
    self.id = id
    self.fields = fields
    self.printFormat = printFormat
  }

  /// Offsets of the fields: each at a multiple of its size, behind the eight common bytes.
  public var offsets: [Int] {
    var end = 8
    return fields.map { field in
      let offset = (end + field.size - 1) / field.size * field.size
      end = offset + field.size
      return offset
    }
  }

  /// Bytes of an event's data.
  public var byteCount: Int {
    (zip(offsets, fields).map { $0 + $1.size }.max() ?? 8) + 3 & ~3
  }

  /// The text of the `format` file.
  public var formatText: String {
    var text = "name: \(name)\nID: \(id)\nformat:\n"
    text += Self.line("unsigned short", "common_type", 0, 2, false)
    text += Self.line("unsigned char", "common_flags", 2, 1, false)
    text += Self.line("unsigned char", "common_preempt_count", 3, 1, false)
    text += Self.line("int", "common_pid", 4, 4, true) + "\n"
    for (field, offset) in zip(fields, offsets) {
      text += Self.line(field.type, field.name, offset, field.size, field.isSigned)
    }
    return text + "\nprint fmt: \(printFormat)\n"
  }

  static func line(
    _ type: String, _ name: String, _ offset: Int, _ size: Int, _ isSigned: Bool
  ) -> String {
    "\tfield:\(type) \(name);\toffset:\(offset);\tsize:\(size);\tsigned:\(isSigned ? 1 : 0);\n"
  }
}

/// The events that tell of a guest's devices, and one that does not. Numbers are the kernel's own
/// affair and differ between machines.
extension TraceEventKind {
  public static func kvmMMIO(id: UInt16 = 38) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_mmio", id: id,
      fields: [
        Field("u32", "type", size: 4), Field("u32", "len", size: 4), Field("u64", "gpa", size: 8),
        Field("u64", "val", size: 8),
      ],
      printFormat: "\"mmio %s len %u gpa 0x%llx val 0x%llx\", __print_symbolic(REC->type, "
        + "{ 0, \"unsatisfied-read\" }, { 1, \"read\" }, { 2, \"write\" }), REC->len, REC->gpa, "
        + "REC->val")
  }

  public static func kvmFastMMIO(id: UInt16 = 109) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_fast_mmio", id: id, fields: [Field("u64", "gpa", size: 8)],
      printFormat: "\"fast mmio at gpa 0x%llx\", REC->gpa")
  }

  public static func kvmPIO(id: UInt16 = 110) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_pio", id: id,
      fields: ["rw", "port", "size", "count", "val"].map { Field("unsigned int", $0, size: 4) },
      printFormat: "\"pio_%s at 0x%x size %d count %d val 0x%x %s\", REC->rw ? \"write\" : "
        + "\"read\", REC->port, REC->size, REC->count, REC->val, REC->count > 1 ? \"(...)\" : \"\"")
  }

  public static func kvmMSISetIRQ(id: UInt16 = 105) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_msi_set_irq", id: id,
      fields: [Field("__u64", "address", size: 8), Field("__u64", "data", size: 8)],
      printFormat: "\"dst %llx vec %u\", (u8)(REC->address >> 12) | ((REC->address >> 32) & "
        + "0xffffff00), (u8)REC->data")
  }

  public static func kvmSetIRQ(id: UInt16 = 40) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_set_irq", id: id,
      fields: [
        Field("unsigned int", "gsi", size: 4), Field("int", "level", size: 4, isSigned: true),
        Field("int", "irq_source_id", size: 4, isSigned: true),
      ],
      printFormat: "\"gsi %u level %d source %d\", REC->gsi, REC->level, REC->irq_source_id")
  }

  /// An event of KVM that says nothing of a device.
  public static func kvmUserspaceExit(id: UInt16 = 41) -> TraceEventKind {
    TraceEventKind(
      system: "kvm", name: "kvm_userspace_exit", id: id,
      fields: [
        Field("__u32", "reason", size: 4), Field("int", "errno", size: 4, isSigned: true),
      ],
      printFormat: "\"reason %u errno %d\", REC->reason, REC->errno")
  }

  /// An event of another directory.
  public static func foreign(id: UInt16 = 300) -> TraceEventKind {
    TraceEventKind(
      system: "sched", name: "sched_waking", id: id,
      fields: [
        Field("pid_t", "pid", size: 4, isSigned: true),
        Field("int", "prio", size: 4, isSigned: true),
        Field("int", "target_cpu", size: 4, isSigned: true),
      ],
      printFormat: "\"pid=%d prio=%d target_cpu=%03d\", REC->pid, REC->prio, REC->target_cpu")
  }
}
