import Model

/// What a step is, as a filter's `kind` names it.
enum StepCategory: UInt8, CaseIterable {
  case read
  case write
  case kick
  case interrupt
  case reset
  case ring
  case command
  case subchannel
  case completion
  case fact
  case lost
  case machine

  var name: String { "\(self)" }

  init(_ kind: Transaction.Kind) {
    switch kind {
    case .readStatus, .readDeviceFeatures, .readDriverFeatures, .readQueueSize, .readQueueAddress,
      .readQueueEnable, .readQueuePFN, .readQueueReset, .readQueueVector, .readConfigVector,
      .readQueueNotifyOffset, .readQueueNotifyConfigData, .readNumQueues, .readISR, .readConfig,
      .readConfigGeneration, .readMagic, .readVersion, .readDeviceID, .readVendorID, .readRegister,
      .readAdminQueueIndex, .readAdminQueueNum, .readPCIConfig, .readWindow, .readReservedArea,
      .readOutside:
      self = .read
    case .kick: self = .kick
    case .interrupt, .ccwInterrupt: self = .interrupt
    case .reset: self = .reset
    case .otherCommand: self = .command
    case .subchannelEnabled, .subchannelDisabled: self = .subchannel
    case .buffersTaken, .buffersUsed: self = .completion
    case .eventsLost: self = .lost
    case .machineEvent: self = .machine
    case .pciIdentity, .pciBAR, .pciCapability, .pciMessages, .pciCapabilitiesEnd,
      .structureUsed:
      self = .fact
    default: self = Self.isRing(kind) ? .ring : .write
    }
  }

  private static func isRing(_ kind: Transaction.Kind) -> Bool {
    kind.rawValue >= Transaction.Kind.availableIndex.rawValue
      && kind.rawValue <= Transaction.Kind.endedRingWritten.rawValue
  }
}
