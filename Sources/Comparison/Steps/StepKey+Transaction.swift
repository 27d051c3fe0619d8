import Model

extension StepKey {
  /// What a transaction is to a comparison, for those that need nothing but themselves.
  ///
  /// Nil for what does not count: notification addresses, MSI-X messages, base addresses, selectors,
  /// generations, ring indexes.
  init?(_ step: Transaction) {
    guard let key = Self.queueKey(step) ?? Self.deviceKey(step) ?? Self.transportKey(step) else {
      return nil
    }
    self = key
    isKnown = step.hasValue
    isRejected = !step.isAccepted
    if !isKnown { value = 0 }
  }

  private static func queueKey(_ step: Transaction) -> StepKey? {
    let topic: Topic
    var value = step.value
    switch step.kind {
    case .readQueueSize: topic = step.index == 1 ? .queueMaxSize : .queueSizeRead
    case .writeQueueSize: topic = .queueSize
    case .readQueueEnable: topic = .queueEnableRead
    case .writeQueueEnable: topic = .queueEnable
    case .readQueueReset: topic = .queueResetRead
    case .writeQueueReset: topic = .queueReset
    case .readQueueVector: topic = .queueVectorRead
    case .writeQueueVector: topic = .queueVector
    case .writeQueueAlign: topic = .queueAlign
    case .readQueuePFN:
      topic = .queuePFNRead
      value = value == 0 ? 0 : 1
    case .writeQueuePFN:
      topic = .queuePFN
      value = value == 0 ? 0 : 1
    default: return nil
    }
    return StepKey(topic, queue: step.queue, value: value)
  }

  private static func deviceKey(_ step: Transaction) -> StepKey? {
    switch step.kind {
    case .readDriverFeatures: StepKey(.acceptedRead, index: step.index, value: step.value)
    case .readConfigVector: StepKey(.configVectorRead, value: step.value)
    case .writeConfigVector: StepKey(.configVector, value: step.value)
    case .writeGuestPageSize: StepKey(.guestPageSize, value: step.value)
    case .readNumQueues: StepKey(.queueCount, value: step.value)
    case .readAdminQueueIndex: StepKey(.adminQueueIndex, value: step.value)
    case .readAdminQueueNum: StepKey(.adminQueueCount, value: step.value)
    case .readMagic: StepKey(.magic, value: step.value)
    case .readVersion: StepKey(.version, value: step.value)
    case .readDeviceID: StepKey(.deviceID, value: step.value)
    case .adminCommand: StepKey(.adminCommand, queue: step.queue, value: UInt64(step.index))
    case .adminResult: StepKey(.adminResult, queue: step.queue, value: UInt64(step.index))
    default: nil
    }
  }

  private static func transportKey(_ step: Transaction) -> StepKey? {
    // Where indicators lie is an address: that there are any is what counts.
    let isThere: UInt64 = step.value == 0 ? 0 : 1
    return switch step.kind {
    case .setRevision: StepKey(.revision, value: step.value)
    case .setIndicators: StepKey(.indicators, value: isThere)
    case .setConfigIndicators: StepKey(.configIndicators, value: isThere)
    case .setAdapterIndicators: StepKey(.adapterIndicators, value: isThere)
    case .subchannelEnabled: StepKey(.subchannelEnabled)
    case .subchannelDisabled: StepKey(.subchannelDisabled)
    case .otherCommand: StepKey(.channelCommand, index: step.index)
    // Bus master and interrupt disable: the rest is switched off and on while addresses are given.
    case .writePCICommand: StepKey(.pciCommand, value: step.value & 0x404)
    case .writeMSIXControl where step.mask & 0x8000 != 0:
      StepKey(.messagesEnabled, value: step.value >> 15 & 1)
    case .writeVFEnable: StepKey(.vfEnable, value: step.value)
    case .writeNumVFs: StepKey(.vfCount, value: step.value)
    case .readRegister: StepKey(.registerRead, index: step.index, value: step.value)
    case .writeRegister: StepKey(.register, index: step.index, value: step.value)
    case .readReservedArea: StepKey(.areaRead, index: step.index, value: step.value)
    case .writeReservedArea: StepKey(.area, index: step.index, value: step.value)
    case .readOutside: StepKey(.outsideRead, index: step.index, value: step.value)
    case .writeOutside: StepKey(.outside, index: step.index, value: step.value)
    default: nil
    }
  }
}
