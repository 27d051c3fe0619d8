/// What a compared step is about.
///
/// Coarser than accesses: a feature set that was read in words is one step, and so are the addresses
/// of a queue.
public enum Topic: UInt8, Sendable, BitwiseCopyable, CaseIterable {
  // Occasions: whether they come in a life is compared, and not when or how often.
  /// Through which structures the driver reached the device.
  case interface
  /// A notification of the driver before DRIVER_OK, and after it.
  case earlyKick
  case kick
  case queueInterrupt
  case configInterrupt
  /// A bit of the ISR status or InterruptStatus that the driver found set.
  case interruptStatus
  /// The driver acknowledged a bit of it (MMIO).
  case interruptAck
  case buffersAvailable
  case buffersUsed

  // What the configuration space of a PCI function says.
  case pciIdentity
  case pciCapability
  case pciMessages

  // Steps, in their order.
  case reset
  case status
  case statusRead
  case offered
  case accepted
  case acceptedRead
  case queueMaxSize
  case queueSize
  case queueSizeRead
  case queueAreas
  case queueEnable
  case queueEnableRead
  case queuePFN
  case queuePFNRead
  case queueAlign
  case guestPageSize
  case queueReset
  case queueResetRead
  case queueVector
  case queueVectorRead
  case configVector
  case configVectorRead
  case queueCount
  case adminQueueIndex
  case adminQueueCount
  case config
  case configRead
  case magic
  case version
  case deviceID
  case revision
  case indicators
  case configIndicators
  case adapterIndicators
  case subchannelEnabled
  case subchannelDisabled
  case channelCommand
  case pciCommand
  case messagesEnabled
  case vfEnable
  case vfCount
  case register
  case registerRead
  case area
  case areaRead
  case outside
  case outsideRead
  case adminCommand
  case adminResult
}

extension Topic {
  /// Compared by whether it comes in a life.
  var isOccasion: Bool { rawValue <= Topic.buffersUsed.rawValue }

  /// Something that the driver asks the device: where it stands among others of the same device
  /// status tells nothing.
  public var isRead: Bool {
    switch self {
    case .statusRead, .offered, .acceptedRead, .queueMaxSize, .queueSizeRead, .queueEnableRead,
      .queuePFNRead, .queueResetRead, .queueVectorRead, .configVectorRead, .queueCount,
      .adminQueueIndex, .adminQueueCount, .configRead, .magic, .version, .deviceID, .registerRead,
      .areaRead, .outsideRead:
      true
    default: false
    }
  }

  /// A step by which the driver takes the device in hand.
  var isDeed: Bool {
    switch self {
    case .reset, .subchannelEnabled, .subchannelDisabled, .channelCommand, .pciCommand,
      .messagesEnabled, .vfEnable, .vfCount, .revision:
      false
    default: !isOccasion && !isRead && self != .adminResult && !isPCIFact
    }
  }

  /// Said by the configuration space of a function.
  var isPCIFact: Bool {
    self == .pciIdentity || self == .pciCapability || self == .pciMessages
  }

  /// Seen only where accesses to the configuration space of PCI were recorded.
  var needsConfigurationSpace: Bool {
    switch self {
    case .pciCommand, .messagesEnabled, .vfEnable, .vfCount: true
    default: isPCIFact
    }
  }

  /// A switch of PCI, of which the state at DRIVER_OK counts and not the way to it: firmware turns
  /// them on and off while it gives addresses.
  var isSwitch: Bool { self == .pciCommand || self == .messagesEnabled }

  /// The transport has a way of its own for it, which others do not have.
  var belongsToTransport: Bool {
    switch self {
    case .queueEnableRead, .queueAreas, .queuePFN, .queuePFNRead, .queueAlign, .guestPageSize,
      .queueVector, .queueVectorRead, .configVector, .configVectorRead, .queueCount, .magic,
      .version, .deviceID, .revision, .indicators, .configIndicators, .adapterIndicators,
      .subchannelEnabled, .subchannelDisabled, .channelCommand, .register, .registerRead, .area,
      .areaRead, .outside, .outsideRead, .interruptStatus, .interruptAck, .queueSizeRead,
      .queueSize:
      true
    default: needsConfigurationSpace
    }
  }

  /// The device did it, of its own accord.
  public var isOfDevice: Bool {
    switch self {
    case .queueInterrupt, .configInterrupt, .buffersUsed, .adminResult: true
    default: isPCIFact
    }
  }

  /// What the driver writes into the register that this reads.
  var written: Topic {
    switch self {
    case .statusRead: .status
    case .queueSizeRead: .queueSize
    case .queueEnableRead: .queueEnable
    case .queuePFNRead: .queuePFN
    case .queueResetRead: .queueReset
    case .queueVectorRead: .queueVector
    case .configVectorRead: .configVector
    case .configRead: .config
    case .registerRead: .register
    case .areaRead: .area
    case .outsideRead: .outside
    default: self
    }
  }
}
