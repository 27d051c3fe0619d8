import VirtioSpec

extension Session {
  /// Takes the step into the state. The caller has already begun a new session where the step is a
  /// reset that ends a life (`SessionTracker`).
  public mutating func apply(_ step: Transaction) {
    if step.isFact { return applyFact(step) }
    if !firstRecord.isSet { firstRecord = step.reference }
    lastRecord = step.reference
    steps &+= 1
    if step.isRingStep { return applyRing(step) }
    noteInterface(step)
    if profile.transport == .ccw, step.kind != .kick, step.kind != .interrupt {
      revisions.apply(step, isUnset: revision == -1 && subchannelEnabledAt.isSet)
    }
    if !step.hasValue, step.isDeed, !blind.isSet { blind = step.reference }
    switch step.kind {
    case .kick:
      applyKick(step)
      if !rings.isEmpty { notifyRings(step) }
    case .interrupt:
      applyInterrupt(step)
      if !rings.isEmpty { notifyRings(step) }
    case .readStatus: applyStatusRead(step)
    case .writeStatus: applyStatusWrite(step)
    case .reset: applyReset(step)
    case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures: applyFeatures(step)
    case .readQueueSize, .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .readQueueEnable,
      .writeQueuePFN, .writeQueueAlign, .writeQueueReset, .readQueueReset, .writeQueueVector,
      .readQueueVector, .readQueueNotifyOffset, .readQueueNotifyConfigData:
      applyQueue(step)
    case .readNumQueues, .readAdminQueueIndex, .readAdminQueueNum: applyCounts(step)
    case .writeMSIXControl:
      if step.mask & 0x8000 != 0 { messagesEnabled = step.value & 0x8000 != 0 ? .yes : .no }
    case .readPCIConfig: interruptAsserted = step.value & 8 != 0 && step.index == 6
    case .readISR, .acknowledgeInterrupt:
      interruptAsserted = interruptAsserted && step.kind != .readISR
      if profile.transport == .mmio { events.apply(step) }
    case .machineEvent:
      if step.value == 1 { messagesEnabled = .no }
      sriov.apply(step)
    case .writeVFEnable, .writeNumVFs, .readVFBar0: sriov.apply(step)
    case .readConfig, .writeConfig:
      generation.isStale = true
      applyConfig(step)
    case .readConfigGeneration:
      generation.apply(step)
      applyGeneration(step)
    case .setRevision:
      if step.isAccepted {
        revision = step.hasValue ? Int32(truncatingIfNeeded: step.value & 0xffff) : -2
        revisionSet = step.reference
      }
    case .subchannelEnabled:
      subchannelEnabledAt = step.reference
      revision = -1
      revisionSet = .none
    case .subchannelDisabled:
      subchannelEnabledAt = .none
      if !hasLife {
        // Whoever comes next decides the revision anew. A life that ends so keeps the one that it
        // was driven with, until the subchannel is enabled again.
        revision = -1
        revisionSet = .none
        interface = .none
        interfaceEvidence = .none
        otherInterface = .none
      }
    case .eventsLost:
      if !gap.isSet { gap = step.reference }
      // What was written to the capability meanwhile is not known.
      sriov = SRIOVState()
    default: break
    }
  }

  /// The first access through a structure that counts decides, whatever it is.
  private mutating func noteInterface(_ step: Transaction) {
    guard step.interface != .none, step.interface != interface else { return }
    if interface == .none {
      interface = step.interface
      interfaceEvidence = step.reference
    } else if !otherInterface.isSet {
      otherInterface = step.reference
    }
  }

  private mutating func applyKick(_ step: Transaction) {
    kicks &+= 1
    if !marks.firstKick.isSet { marks.firstKick = step.reference }
    guard let place = place(of: step.queue) else { return }
    queues[place].kicks &+= 1
    if !queues[place].firstKick.isSet { queues[place].firstKick = step.reference }
    queues[place].lastKick = step.reference
  }

  private mutating func applyCounts(_ step: Transaction) {
    guard step.hasValue, !step.traits.contains(.wrongWidth) else { return }
    let count = Int32(truncatingIfNeeded: step.value & 0xffff)
    switch step.kind {
    case .readNumQueues: numQueues = count
    case .readAdminQueueIndex: adminQueueIndex = count
    default: adminQueueNum = count
    }
  }

  private mutating func applyInterrupt(_ step: Transaction) {
    interrupts &+= 1
    lastInterrupt = step.reference
    lastInterruptIsQueue = step.index == 0
    switch step.index {
    case 1: configInterrupts &+= 1
    case 0 where step.queue >= 0:
      if let place = place(of: step.queue) { queues[place].interrupts &+= 1 }
    default: unattributedInterrupts &+= 1
    }
  }

  private mutating func applyStatusRead(_ step: Transaction) {
    guard step.hasValue, step.isAccepted, step.mask & 0xff == 0xff else { return }
    let value = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    if !isStatusKnown || value != status { remember(value, step, isWrite: false) }
    status = value
    isStatusKnown = true
    if suspension.requested.isSet { suspension.apply(read: value, at: step.reference) }
    marks.lastStatusRead = step.reference
    if value.isEmpty, marks.reset.isSet, !marks.resetReadBack.isSet {
      marks.resetReadBack = step.reference
    }
    // A device whose status is 0 is as after a reset, whoever did it.
    if value.isEmpty, !hasLife, !startKnown {
      startKnown = true
      startInferred = true
    }
    if marks.featuresOK.isSet, writtenStatus.contains(.featuresOK) {
      if !marks.featuresOKRead.isSet { marks.featuresOKRead = step.reference }
      if value.contains(.featuresOK) {
        marks.featuresOKConfirmed = true
      } else if !marks.featuresOKConfirmed, !marks.featuresOKRefused.isSet {
        marks.featuresOKRefused = step.reference
      }
    }
    if value.contains(.needsReset), !marks.needsReset.isSet { marks.needsReset = step.reference }
  }

  private mutating func applyStatusWrite(_ step: Transaction) {
    guard step.hasValue else {
      isStatusKnown = false
      return
    }
    let value = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    remember(value, step, isWrite: true)
    marks.lastStatusWrite = step.reference
    if step.isStatusReset, profile.transport != .ccw {
      applyReset(step)
      return
    }
    guard step.isAccepted else {
      if value.contains(.featuresOK), !marks.featuresOK.isSet {
        marks.featuresOK = step.reference
        marks.featuresOKRefused = step.reference
      }
      return
    }
    mark(\.acknowledge, .acknowledge, value, step)
    mark(\.driver, .driver, value, step)
    mark(\.featuresOK, .featuresOK, value, step)
    mark(\.driverOK, .driverOK, value, step)
    mark(\.failed, .failed, value, step)
    // On CCW the device answers to the command itself; below revision 2 there is no other answer.
    if profile.transport == .ccw, value.contains(.featuresOK) {
      marks.featuresOKConfirmed = true
    }
    if DeviceStatus.defined(in: profile.spec).contains(.suspend) {
      suspension.apply(written: value, at: step.reference)
    }
    writtenStatus = value
    status = value.union(status.intersection(.needsReset))
    isStatusKnown = true
  }

  private mutating func mark(
    _ path: WritableKeyPath<SessionMarks, RecordReference>, _ bit: DeviceStatus,
    _ value: DeviceStatus, _ step: Transaction
  ) {
    if value.contains(bit), !marks[keyPath: path].isSet { marks[keyPath: path] = step.reference }
  }

  private mutating func applyReset(_ step: Transaction) {
    guard step.isAccepted else { return }
    if !hasLife, step.interface != .none {
      // Nothing was driven yet: whoever resets the device decides anew.
      if interface != step.interface {
        interface = step.interface
        interfaceEvidence = step.reference
      }
      otherInterface = .none
    }
    startKnown = true
    startInferred = false
    gap = .none
    interruptAsserted = false
    status = []
    writtenStatus = []
    isStatusKnown = true
    marks.reset = step.reference
    marks.resetReadBack = .none
    events = InterruptEvents()
    suspension = Suspension()
  }

  private mutating func remember(_ value: DeviceStatus, _ step: Transaction, isWrite: Bool) {
    guard statusHistory.count < Self.historyLimit else { return }
    statusHistory.append(StatusChange(reference: step.reference, value: value, isWrite: isWrite))
  }

  private mutating func applyFeatures(_ step: Transaction) {
    // A read counts as one even where its value was not captured.
    if step.kind == .readDeviceFeatures, !marks.firstFeatureRead.isSet {
      marks.firstFeatureRead = step.reference
    }
    guard step.hasValue, step.isAccepted else { return }
    let word = Int(step.index)
    switch step.kind {
    case .readDeviceFeatures:
      offered.update(word: step.index, value: step.value, mask: step.mask)
      if step.interface == .legacy {
        offeredLegacy.update(word: step.index, value: step.value, mask: step.mask)
      }
      if word < 4 { featureReads[word] = step.reference }
    case .readDriverFeatures:
      readBack.update(word: step.index, value: step.value, mask: step.mask)
    default:
      accepted.update(word: step.index, value: step.value, mask: step.mask)
      if word < 4 { featureWrites[word] = step.reference }
      if !marks.firstFeatureWrite.isSet { marks.firstFeatureWrite = step.reference }
      marks.lastFeatureWrite = step.reference
    }
  }

  /// Position of the queue in `queues`, made when new; nil beyond the limit.
  private mutating func place(of index: Int32) -> Int? {
    guard index >= 0 else { return nil }
    for place in queues.indices where queues[place].index == index { return place }
    guard queues.count < Self.queueLimit else { return nil }
    queues.append(Queue(index: index))
    return queues.count - 1
  }

  private mutating func applyQueue(_ step: Transaction) {
    guard step.isAccepted, let place = place(of: step.queue) else { return }
    let isSetup: Bool
    switch step.kind {
    case .readQueueSize:
      isSetup = false
      guard step.hasValue else { return }
      let size = UInt32(truncatingIfNeeded: step.value)
      if queues[place].maxSize == 0 { queues[place].maxSize = size }
      if !queues[place].sizeWrite.isSet { queues[place].size = size }
      queues[place].isAbsent = size == 0
    case .writeQueueSize:
      isSetup = true
      queues[place].size = UInt32(truncatingIfNeeded: step.value)
      queues[place].sizeWrite = step.reference
    case .writeQueueAddress:
      isSetup = true
      queues[place].setAddress(area: step.index, value: step.value, mask: step.mask)
    case .writeQueueEnable, .writeQueuePFN:
      isSetup = true
      enable(place, step)
    case .readQueueEnable:
      isSetup = false
    case .writeQueueAlign:
      isSetup = true
      queues[place].alignment = UInt32(truncatingIfNeeded: step.value)
    case .readQueueNotifyOffset:
      isSetup = false
      if step.hasValue { queues[place].notifyOffset = Int32(step.value & 0xffff) }
    case .readQueueNotifyConfigData:
      isSetup = false
      if step.hasValue { queues[place].notifyData = Int32(step.value & 0xffff) }
    case .writeQueueReset:
      isSetup = false
      if step.hasValue, step.value & 1 == 1 {
        hasResetQueue = true
        queues[place].isEnabled = false
        queues[place].disabledAt = step.reference
        queues[place].resetWrite = step.reference
        queues[place].resetDone = .none
        queueResets &+= 1
        followEnable(of: queues[place])
      }
    case .readQueueReset:
      isSetup = false
      let queue = queues[place]
      if step.hasValue, step.value == 0, queue.resetWrite.isSet, !queue.resetDone.isSet {
        queues[place].resetDone = step.reference
      }
    default:
      // Mapping a vector is part of the set-up; reading it back is not, and tells the truth.
      isSetup = step.kind == .writeQueueVector
      if step.hasValue { queues[place].vector = Int32(truncatingIfNeeded: step.value & 0xffff) }
    }
    if isSetup, !marks.firstQueueSetup.isSet { marks.firstQueueSetup = step.reference }
  }

  private mutating func enable(_ place: Int, _ step: Transaction) {
    if step.kind == .writeQueuePFN, step.hasValue, step.index > 0 {
      // `index` carries the page size of the transport, 0 where the driver never told it.
      let address = step.value.multipliedReportingOverflow(by: UInt64(step.index))
      queues[place].setAddress(area: 0, value: address.partialValue, mask: .max)
    }
    if step.hasValue, step.value == 0 {
      queues[place].isEnabled = false
      queues[place].disabledAt = step.reference
    } else {
      queues[place].isEnabled = true
      queues[place].enabledAt = step.reference
      queues[place].resetWrite = .none
      queues[place].resetDone = .none
    }
    followEnable(of: queues[place])
  }

  private mutating func applyConfig(_ step: Transaction) {
    let isWrite = step.kind == .writeConfig
    if isWrite {
      if !marks.firstConfigWrite.isSet { marks.firstConfigWrite = step.reference }
    } else if !marks.firstConfigRead.isSet {
      marks.firstConfigRead = step.reference
    }
    guard step.hasValue, step.isAccepted else { return }
    for place in config.indices
    where config[place].offset == step.index && config[place].width == step.width {
      if !isWrite, !config[place].isWrite, config[place].value != step.value {
        generationAwaited = true
      }
      config[place].value = step.value
      config[place].isWrite = isWrite
      return
    }
    guard config.count < Self.configLimit else { return }
    config.append(
      ConfigValue(
        offset: step.index, width: step.width, isWrite: isWrite, value: step.value,
        first: step.reference, initial: step.value, beganWithRead: !isWrite))
  }

  private mutating func applyGeneration(_ step: Transaction) {
    generationAwaited = false
    guard step.hasValue else { return }
    if configGeneration != Int64(step.value & 0xffff_ffff) { configGenerationChanges &+= 1 }
    configGeneration = Int64(truncatingIfNeeded: step.value & 0xffff_ffff)
    configGenerationReads &+= 1
  }
}
