/// One KVM tracepoint record that says something about a device, as its fields stand.
///
/// The binary and the text readers fill these in; what several records mean together is the
/// business of `KVMEventAssembler`.
/// Source: the `kvm` trace events of Linux, `include/trace/events/kvm.h` and `arch/x86/kvm/trace.h`.
public struct KVMEvent: Sendable, Equatable {
  /// The event, and which of its forms.
  public enum Kind: UInt8, Sendable {
    /// `kvm_mmio` type 0: a read leaves for user space; its value is not known yet.
    case mmioReadBegins
    /// `kvm_mmio` type 1: a read has its value.
    case mmioRead
    /// `kvm_mmio` type 2.
    case mmioWrite
    /// `kvm_fast_mmio`: a write that only an address tells of.
    case fastMMIO
    /// `kvm_pio`, `rw` 0.
    case portRead
    /// `kvm_pio`, `rw` 1.
    case portWrite
    /// `kvm_msi_set_irq`.
    case message
    /// `kvm_set_irq`.
    case line
  }

  public var kind: Kind
  /// Bytes of one element of the access (`len`, `size`); 0 where the event has none.
  public var width: UInt32
  /// `gpa`, `port`, the message's `address`, or `gsi`.
  public var address: UInt64
  /// `val`, the message's `data`, or `level`.
  public var value: UInt64
  /// `count` of a string I/O instruction, else 1.
  public var count: UInt32

  public init(
    kind: Kind, width: UInt32 = 0, address: UInt64, value: UInt64 = 0, count: UInt32 = 1
  ) {
    self.kind = kind
    self.width = width
    self.address = address
    self.value = value
    self.count = count
  }

  /// Where and when a record was made.
  public struct Place: Sendable {
    /// Number of the record.
    public var record: UInt64
    /// Nanoseconds on the recording's clock.
    public var time: Int64
    /// Byte offset or line of the record.
    public var location: UInt64
    /// The host thread (`common_pid`), which pairs a read's records.
    public var thread: UInt64
    /// The host CPU, `Access.noCPU` if unknown.
    public var cpu: UInt16
    /// Which of the recording's buffers the record is from, where it has several.
    public var buffer: UInt16

    public init(
      record: UInt64, time: Int64, location: UInt64, thread: UInt64, cpu: UInt16,
      buffer: UInt16 = 0
    ) {
      self.record = record
      self.time = time
      self.location = location
      self.thread = thread
      self.cpu = cpu
      self.buffer = buffer
    }
  }
}
