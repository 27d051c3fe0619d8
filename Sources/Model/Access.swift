/// One record of a recording that touches a device or its memory.
///
/// Every reader turns its format into these, in record order, and the model sees nothing else of a
/// recording. A value is flat and holds no reference: bytes beyond the first eight stay where they
/// lie, and `payloadOffset` says where (in the bytes that come with the batch).
///
/// The kinds and fields are those of the vtrace encapsulation, version 1; kinds from 128 on are
/// what only a device's own log or another monitor can tell, and have no packet of their own.
public struct Access: Sendable, BitwiseCopyable {
  /// Number of the record, from 1 in file order (in order of time for per-CPU recordings).
  public var record: UInt64
  /// Time at which the access began, in nanoseconds on the recording's own clock.
  public var time: Int64
  /// Offset in the file as given, or the line from 1 in a text recording.
  public var location: UInt64
  /// Port, guest-physical address, ECAM offset or subchannel: per kind.
  public var address: UInt64
  /// The first eight bytes of the data as a little-endian number; bytes that were not captured
  /// are zero.
  public var value: UInt64
  /// Bytes that the access covers.
  public var width: UInt32
  /// Per kind: see the encapsulation.
  public var code: UInt32
  /// Where the data lies in the bytes that come with the batch; meaningful when `payloadCount > 0`.
  public var payloadOffset: Int
  /// How many bytes of data were captured and lie at `payloadOffset` (0 for register accesses,
  /// whose data is `value`).
  public var payloadCount: UInt32
  /// Virtual or host CPU, or the host thread in a log that names only threads; `noCPU` if unknown.
  public var cpu: UInt16
  public var flags: Flags
  public var kind: Kind

  /// `cpu` of an access whose CPU is not known.
  public static var noCPU: UInt16 { 0xffff }

  public init(
    kind: Kind, record: UInt64, time: Int64, location: UInt64, address: UInt64 = 0,
    value: UInt64 = 0, width: UInt32 = 0, code: UInt32 = 0, flags: Flags = [],
    cpu: UInt16 = Access.noCPU, payloadOffset: Int = 0, payloadCount: UInt32 = 0
  ) {
    self.kind = kind
    self.record = record
    self.time = time
    self.location = location
    self.address = address
    self.value = value
    self.width = width
    self.code = code
    self.flags = flags
    self.cpu = cpu
    self.payloadOffset = payloadOffset
    self.payloadCount = payloadCount
  }

  /// What a record is about. Raw values below 128 are those of the encapsulation.
  public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case pciConfiguration = 1
    case portIO = 2
    case mmio = 3
    case channelCommand = 4
    case notifyHypercall = 5
    case interrupt = 6
    case memory = 7
    case deviceHint = 8
    case lostEvents = 9
    case note = 10
    case subchannelEvent = 11
    case machineEvent = 12

    // What a log of the device's own side tells (QEMU's trace events). `address` is the device's
    // own handle of the virtio device (`vdev`), `value` that of the queue (`vq`) where one is named.

    /// The device set its status: `code` is the new status. Printed for machine resets too.
    case hostStatus = 128
    /// The device was told of a kick: `code` is the queue index, `value` the queue's handle.
    case hostKick = 129
    /// The device notified its driver of used buffers: `value` is the queue's handle.
    case hostInterrupt = 130
    /// The device took a chain: `value` is the queue's handle, `code` in_num<<16 | out_num.
    case hostPop = 131
    /// The device filled a used entry: `value` is the queue's handle, `code` the length.
    case hostFill = 132
    /// The device published used entries: `value` is the queue's handle, `code` how many.
    case hostFlush = 133
    /// The device's BAR `code & 7` was mapped (bit 31 of `code` clear) or unmapped (set):
    /// `address` is the function's ECAM offset, `value` the bus address, `width` the size
    /// (0 where it does not fit). Payload: the class name of the device (`virtio-blk-pci`).
    case hostMapping = 134
    /// A structure seen at an address by its name alone: `address` is its base where known, else an
    /// address inside; `code` numbers the region, `value` is its handle. Payload: the name.
    case hostRegion = 135

    // What monitors of other layers show; each has a link type of its own in a pcapng.
    /// A packet between two sockets, as vsock monitoring (`LINKTYPE_VSOCK`) has it: `width` is its
    /// length. Payload: what was captured of it.
    case socketPacket = 136
  }

  public struct Flags: OptionSet, Sendable, BitwiseCopyable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Driver to device.
    public static var toDevice: Flags { Flags(rawValue: 1 << 0) }
    /// The access happened, its data was not captured.
    public static var unknownData: Flags { Flags(rawValue: 1 << 1) }
    public static var bigEndianGuest: Flags { Flags(rawValue: 1 << 2) }
    /// Only the beginning of the data was captured.
    public static var truncatedData: Flags { Flags(rawValue: 1 << 3) }
    /// CCW: unit check with command reject.
    public static var commandReject: Flags { Flags(rawValue: 1 << 4) }
    /// The reader knows that the access came from no virtual CPU of the guest.
    public static var notFromGuestCPU: Flags { Flags(rawValue: 1 << 15) }
  }

  /// Whether the access went from driver to device.
  public var isWrite: Bool { flags.contains(.toDevice) }
  /// Whether `value` is known.
  public var hasData: Bool { !flags.contains(.unknownData) }
}

/// Takes the accesses of a recording, a batch at a time.
///
/// Batches cross the module border instead of single accesses, so that the border costs nothing
/// per record.
public protocol AccessSink: ~Copyable {
  /// Takes `batch`, in record order; offsets of payloads are into `payload`, which does not outlive
  /// the call.
  mutating func receive(_ batch: Span<Access>, payload: RawSpan)
}
