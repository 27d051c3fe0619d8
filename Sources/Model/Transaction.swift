/// What one access means to virtio.
///
/// A flat value: a rule, a report and the session read it without touching the heap. Most accesses
/// give one transaction; a CCW that carries a whole structure (SET_VQ) gives one for each thing it
/// says, all with the same `reference`.
public struct Transaction: Sendable, BitwiseCopyable {
  public var reference: RecordReference
  /// What happened.
  public var kind: Kind
  /// Through which structure of the device.
  public var interface: Interface
  /// Peculiarities of this access.
  public var traits: Traits
  /// Width of the access in bytes as it was made (0 where the transport has no width).
  public var width: UInt8
  /// First byte of the field that the access touched: 0 unless it began in the middle.
  public var byteInField: UInt8
  /// CPU (or host thread) that made the access.
  public var cpu: UInt16
  /// The queue that this is about, -1 for none or unknown.
  public var queue: Int32
  /// What `kind` says: feature word, area of a queue address, offset in the device
  /// configuration, register number.
  public var index: UInt32
  /// The value, moved to its place in the field (the high half of a queue address stands in
  /// bits 32 to 63).
  public var value: UInt64
  /// The bits of the field that this access read or wrote.
  public var mask: UInt64

  public init(
    _ kind: Kind, at reference: RecordReference, value: UInt64 = 0, mask: UInt64 = .max,
    queue: Int32 = -1, index: UInt32 = 0, interface: Interface = .none, traits: Traits = [],
    width: UInt8 = 0, byteInField: UInt8 = 0, cpu: UInt16 = Access.noCPU
  ) {
    self.reference = reference
    self.kind = kind
    self.interface = interface
    self.traits = traits
    self.width = width
    self.byteInField = byteInField
    self.cpu = cpu
    self.queue = queue
    self.index = index
    self.value = value
    self.mask = mask
  }

  /// The structure through which a driver reached its device.
  public enum Interface: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// None that tells legacy from modern (an interrupt, a PCI command register).
    case none
    case legacy
    case modern
  }

  public struct Traits: OptionSet, Sendable, BitwiseCopyable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// The value was not captured.
    public static var unknownValue: Traits { Traits(rawValue: 1) }
    /// The device rejected the command (CCW).
    public static var rejected: Traits { Traits(rawValue: 2) }
    /// Made through the configuration access window of PCI (VIRTIO_PCI_CAP_PCI_CFG).
    public static var throughWindow: Traits { Traits(rawValue: 4) }
    /// The access has another width than the register demands.
    public static var wrongWidth: Traits { Traits(rawValue: 8) }
    /// Known only from the device's own log: no access of a driver was recorded.
    public static var fromHostLog: Traits { Traits(rawValue: 16) }
    /// The device made it on its own account, not the driver.
    public static var byDevice: Traits { Traits(rawValue: 32) }
    /// Found in memory at that moment: when it was written, and in what order, is not known.
    public static var fromSnapshot: Traits { Traits(rawValue: 64) }
    /// CCW, of a command with another length than its data has: the driver suppressed the check.
    public static var lengthUnchecked: Traits { Traits(rawValue: 128) }
    /// CCW, of such a command: the channel told the driver that the length is incorrect.
    public static var incorrectLength: Traits { Traits(rawValue: 256) }
    /// CCW: a notification whose cookie is not the one that the last one of the queue returned.
    public static var otherCookie: Traits { Traits(rawValue: 512) }
  }

  /// What happened. Directions are the driver's: it reads from the device and writes to it.
  ///
  /// Raw values are not stable; texts are (see `TransactionText`).
  public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    // Device status and reset.
    /// `value` = status. On CCW: READ_STATUS.
    case readStatus
    /// `value` = status; 0 is a reset on PCI and MMIO, not on CCW.
    case writeStatus
    /// A reset that is no status write: VDEV_RESET.
    case reset

    // Features. `index` = word of 32 bits, `value` and `mask` within the word.
    case selectDeviceFeatures
    case selectDriverFeatures
    case readDeviceFeatures
    case readDriverFeatures
    case writeDriverFeatures

    // Queues; `queue` = the one selected.
    /// `value` = queue index.
    case selectQueue
    /// `value` = entries; MMIO: QueueNumMax; CCW: READ_VQ_CONF. `index` = 1 where the register
    /// can only tell the maximum.
    case readQueueSize
    case writeQueueSize
    /// `index` = 0 descriptor area, 1 driver area, 2 device area.
    case readQueueAddress
    case writeQueueAddress
    /// PCI queue_enable, MMIO QueueReady, CCW SET_VQ (1, or 0 for an all-zero block).
    case readQueueEnable
    case writeQueueEnable
    /// Legacy queue address, in pages of `index` bytes.
    case readQueuePFN
    case writeQueuePFN
    /// Legacy MMIO, and the alignment in a legacy SET_VQ.
    case writeQueueAlign
    case writeGuestPageSize
    case readQueueReset
    case writeQueueReset
    case readQueueVector
    case writeQueueVector
    case readConfigVector
    case writeConfigVector
    case readQueueNotifyOffset
    case readQueueNotifyConfigData
    case readNumQueues
    /// The first administration virtqueue, and how many there are.
    case readAdminQueueIndex
    case readAdminQueueNum

    // Notifications.
    /// Available buffer notification; `queue` = its target, `value` = the data written.
    case kick
    /// Used buffer notification where `index` is 0; `index` 1: configuration change;
    /// 2: cause unknown. `queue` = -1 where the recording cannot tell.
    case interrupt
    /// CCW, beside `interrupt`: the device made an interrupt pending. `index` = `CCWInterrupt`;
    /// `value` and `mask` = the queue and the configuration indicators as they then stood (I/O
    /// interrupt).
    case ccwInterrupt
    /// CCW: indicators were written in a way that `interrupt` does not tell: by the driver, or, with
    /// the trait, by the device. `index` = `CCWIndicator`, `value` = what stands there now.
    case indicator
    /// ISR status or InterruptStatus.
    case readISR
    /// InterruptACK.
    case acknowledgeInterrupt

    // Device configuration; `index` = offset, `width` bytes.
    case readConfig
    case writeConfig
    case readConfigGeneration

    // Identification (MMIO registers, SENSE_ID).
    case readMagic
    case readVersion
    case readDeviceID
    case readVendorID

    // CCW.
    /// SET_VIRTIO_REV; `value` = revision.
    case setRevision
    /// `value` = address of the indicators; 0 takes them away.
    case setIndicators
    case setConfigIndicators
    case setAdapterIndicators
    case subchannelEnabled
    case subchannelDisabled
    /// A command that is none of these; `index` = its code.
    case otherCommand

    // PCI function; `value` and `mask` as written.
    /// Command register.
    case writePCICommand
    /// `index` = BAR, `value` = address after the write.
    case assignBAR
    /// `value` = message control.
    case writeMSIXControl
    /// `index` = vector.
    case writeMSIXEntry
    /// VF Enable of the SR-IOV capability turned on (`value` 1) or off.
    case writeVFEnable
    /// NumVFs of the SR-IOV capability, and what its VF BAR0 reads.
    case writeNumVFs
    case readVFBar0
    /// Part of configuration space that rules watch: the status register, virtio's capabilities.
    /// `index` = register, `width` bytes.
    case readPCIConfig
    case writePCIConfig
    /// pci_cfg_data of the configuration access capability, while the window behind it is
    /// `mask` bytes at offset `index` of BAR `queue`. What the access does there follows.
    case readWindow
    case writeWindow
    /// The area that a capability of a reserved type names; `queue` = where the capability lies,
    /// `index` = offset in the area, `width` bytes.
    case readReservedArea
    case writeReservedArea
    /// A part of a base address register that nothing names: `queue` = the register, `index` = offset
    /// in it, `width` bytes; `mask` = where a capability lies that is none of virtio's and would name
    /// the place if it were, 0 for none.
    case readOutside
    case writeOutside
    /// For the first time in a life the driver uses a structure of a type that the capability list
    /// has several of: `index` = the type, `queue` = where its capability lies, `value` = where that of
    /// the first one lies.
    case structureUsed

    // What the configuration space of a PCI function says: no act of the driver, and no step of a
    // life. Each has a type that packs and unpacks it.
    /// Ids of the function: `PCIIdentity`.
    case pciIdentity
    /// Kind and size of a base address register: `PCIBar`.
    case pciBAR
    /// One capability of virtio: `PCICapability`.
    case pciCapability
    /// The MSI-X capability: `PCIMessages`.
    case pciMessages
    /// The capability list was read to its end; `index` = what is wrong with it: `PCIListFault`.
    case pciCapabilitiesEnd

    // Registers of the transport that have no kind of their own, or the wrong direction.
    /// A register read; `index` = its offset in its structure.
    case readRegister
    /// A register written; `index` = its offset in its structure.
    case writeRegister

    // The device's side, from its own log or from memory records.
    /// The device took buffers.
    case buffersTaken
    /// The device published used buffers; `value` = how many.
    case buffersUsed

    // Rings, from memory records; `queue` is always known, `value` is what stands in memory.
    // Split: the indexes as published, flags, and the two event indexes.
    case availableIndex
    case usedIndex
    case availableFlags
    case usedFlags
    case usedEvent
    case availableEvent
    /// Packed: event suppression structures; `value` = flags in bits 16 to 31, offset and wrap
    /// counter below.
    case driverEvent
    case deviceEvent
    /// The driver made a chain available: `value` = head (split) or buffer id (packed), `index` =
    /// slot. What the chain holds is the session's `told`.
    case bufferAvailable
    /// The device used a chain: `value` = id, `index` = the length that it gives.
    case bufferUsed
    /// Split: the device wrote an entry of the used ring and did not publish it in the same look;
    /// `value` = the used index.
    case usedEntryPrepared
    /// A descriptor was changed that is in use, or by the device which has no business there:
    /// `index` = its number, `value` = id of the chain where one is known.
    case descriptorChanged
    /// A published entry of the available or used ring was changed; `index` = slot.
    case availableEntryChanged
    case usedEntryChanged
    /// The driver changed the indirect table of an outstanding chain; `value` = its id.
    case tableChanged
    /// The device wrote to a buffer that it may only read (`index` 0), to one after it had used its
    /// chain (`index` 1), or beyond the end of one (`index` 2); `value` = id.
    case bufferChanged
    /// Packed. The driver made the first descriptor of a list available before the rest: `index` =
    /// its slot.
    case listPartial
    /// AVAIL and USED of a slot were written otherwise than the writer's wrap counter demands:
    /// `index` = the slot, `value` = the flags.
    case bitsWrong
    /// The driver wrote a list of the next round over a slot that is in use: `index` = the slot,
    /// `value` = id of the chain where one is known.
    case descriptorRewritten
    /// The device wrote a used descriptor into a slot in use that is not its next one, or into its
    /// next one where nothing is known to be available: `index` = the slot, `value` = the id.
    case usedElsewhere
    case usedEarly
    /// The places of both sides are not known from here on.
    case historyLost
    /// A slot has USED set although nothing was ever made available: `index` = the slot.
    case ringNotZero
    /// The driver made an administration command available: `value` = id of its chain, `index` = the
    /// opcode. The rest is the session's `told.command`.
    case adminCommand
    /// The device used the buffer of an administration command: `value` = id of its chain, `index` =
    /// the status, the qualifier in the upper half. The rest is the session's `told.result`.
    case adminResult
    /// The device exported an object: `index` = id of the chain, `value` and `mask` = the UUID:
    /// `ExportedUUID`.
    case objectExported
    /// The driver made a request, or a packet to send, available: `value` = id of its chain. The rest is
    /// the session's `told.payload`.
    case requestMade
    /// The device used the chain of a request, or one that a packet came in: `value` = id of the chain,
    /// `index` = the length that it gives. The rest is the session's `told.payload`.
    case requestAnswered
    /// The device wrote to the rings of a queue that was reset or disabled, or whose device was:
    /// `index` = 0 descriptor area, 2 device area, `value` = address.
    case endedRingWritten

    // The recording and the machine.
    /// Events were lost; `value` = how many, 0 unknown.
    case eventsLost
    /// `value` = 1 system reset, 2 power off, 3 paused, 4 resumed.
    case machineEvent
  }
}

extension Transaction {
  /// Whether the value is known.
  public var hasValue: Bool { !traits.contains(.unknownValue) }
  /// Whether the device took the command.
  public var isAccepted: Bool { !traits.contains(.rejected) }
  /// Whether this is a step about a queue's rings, told by memory.
  public var isRingStep: Bool {
    kind.rawValue >= Kind.availableIndex.rawValue && kind.rawValue <= Kind.endedRingWritten.rawValue
  }
  /// Whether this is an administration command or its result.
  public var isAdminStep: Bool { kind == .adminCommand || kind == .adminResult }
  /// Whether this tells what a chain of a device's queue holds.
  public var isRequestStep: Bool { kind == .requestMade || kind == .requestAnswered }
  /// Whether the driver changes by this how far it is: what follows cannot be judged without the
  /// value.
  public var isDeed: Bool {
    switch kind {
    case .writeStatus, .writeDriverFeatures, .selectDriverFeatures, .selectQueue, .setRevision,
      .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN, .writeQueueReset:
      true
    default: false
    }
  }
  /// What configuration space says, and no act of anybody.
  public var isFact: Bool {
    kind.rawValue >= Kind.pciIdentity.rawValue && kind.rawValue <= Kind.pciCapabilitiesEnd.rawValue
  }
  /// The status in a status transaction.
  public var isStatusReset: Bool { kind == .writeStatus && hasValue && value == 0 }
}
