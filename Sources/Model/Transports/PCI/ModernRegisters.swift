import VirtioSpec

/// The common configuration structure: what an access to it means.
///
/// Spec: 4.1.4.3, Common configuration structure layout.
extension PCIRegisters {
  mutating func common(_ access: PCIAccess, emit: (Transaction) -> Void) {
    access.split(CommonConfigurationField.self, from: access.offset) { field, part in
      var step = access.step(.readRegister, .modern, index: UInt32(field.offset))
      step.value = part.value
      step.mask = part.mask
      // The half of a 64-bit field begins in its middle, as it may.
      if part.isWrongWidth {
        step.traits.insert(.wrongWidth)
        step.byteInField = UInt8(part.byte)
      }
      identify(field, access, &step)
      emit(step)
      update(field, access, step)
    } gap: { offset in
      var step = access.step(
        access.isWrite ? .writeRegister : .readRegister, .modern,
        index: UInt32(truncatingIfNeeded: offset))
      step.traits.insert(.wrongWidth)
      emit(step)
    }
  }

  /// Says what `step` is; it stays a plain register where the field has no kind for the direction.
  private func identify(
    _ field: CommonConfigurationField, _ access: PCIAccess, _ step: inout Transaction
  ) {
    let isOfQueue =
      field.offset > CommonConfigurationField.queueSelect.offset
      && field.offset < CommonConfigurationField.adminQueueIndex.offset
    if isOfQueue { step.queue = queue }
    guard let kind = Self.kind(of: field, isWrite: access.isWrite) else {
      step.kind = access.isWrite ? .writeRegister : .readRegister
      return
    }
    switch field {
    case .deviceFeature:
      guard name(&step, kind, deviceFeatureSelect) else { return }
    case .driverFeature:
      guard name(&step, kind, driverFeatureSelect) else { return }
    case .queueDesc: step.index = 0
    case .queueDriver: step.index = 1
    case .queueDevice: step.index = 2
    default: step.index = 0
    }
    step.kind = kind
  }

  /// Names the feature word; false where what selects it is not known.
  private func name(_ step: inout Transaction, _ kind: Transaction.Kind, _ select: Int64) -> Bool {
    guard select >= 0 else {
      step.kind = kind == .writeDriverFeatures ? .writeRegister : .readRegister
      return false
    }
    step.index = UInt32(truncatingIfNeeded: select)
    return true
  }

  private static func kind(
    of field: CommonConfigurationField, isWrite: Bool
  ) -> Transaction.Kind? {
    isWrite ? writeKind(of: field) : readKind(of: field)
  }

  private static func readKind(of field: CommonConfigurationField) -> Transaction.Kind? {
    switch field {
    case .deviceFeature: .readDeviceFeatures
    case .driverFeature: .readDriverFeatures
    case .configMsixVector: .readConfigVector
    case .numQueues: .readNumQueues
    case .deviceStatus: .readStatus
    case .configGeneration: .readConfigGeneration
    case .queueSize: .readQueueSize
    case .queueMsixVector: .readQueueVector
    case .queueEnable: .readQueueEnable
    case .queueNotifyOff: .readQueueNotifyOffset
    case .queueDesc, .queueDriver, .queueDevice: .readQueueAddress
    case .queueNotifConfigData: .readQueueNotifyConfigData
    case .queueReset: .readQueueReset
    case .adminQueueIndex: .readAdminQueueIndex
    case .adminQueueNum: .readAdminQueueNum
    case .deviceFeatureSelect, .driverFeatureSelect, .queueSelect: nil
    }
  }

  private static func writeKind(of field: CommonConfigurationField) -> Transaction.Kind? {
    switch field {
    case .deviceFeatureSelect: .selectDeviceFeatures
    case .driverFeatureSelect: .selectDriverFeatures
    case .driverFeature: .writeDriverFeatures
    case .configMsixVector: .writeConfigVector
    case .deviceStatus: .writeStatus
    case .queueSelect: .selectQueue
    case .queueSize: .writeQueueSize
    case .queueMsixVector: .writeQueueVector
    case .queueEnable: .writeQueueEnable
    case .queueDesc, .queueDriver, .queueDevice: .writeQueueAddress
    case .queueReset: .writeQueueReset
    case .deviceFeature, .numQueues, .configGeneration, .queueNotifyOff, .queueNotifConfigData,
      .adminQueueIndex, .adminQueueNum:
      nil
    }
  }

  /// Remembers what later accesses depend on.
  private mutating func update(
    _ field: CommonConfigurationField, _ access: PCIAccess, _ step: Transaction
  ) {
    let isKnown = access.hasData
    switch (field, access.isWrite) {
    // What reads back is what was written, and tells a selection made before the recording.
    case (.deviceFeatureSelect, _):
      Self.update(&deviceFeatureSelect, value: step.value, mask: step.mask, isKnown: isKnown)
    case (.driverFeatureSelect, _):
      Self.update(&driverFeatureSelect, value: step.value, mask: step.mask, isKnown: isKnown)
    case (.queueSelect, _):
      Self.update(&queueSelect, value: step.value, mask: step.mask, isKnown: isKnown)
    case (.configMsixVector, _) where isKnown: setConfigVector(step.value)
    case (.queueNotifyOff, false) where isKnown && step.mask == .max:
      setNotifyOffset(step.value, of: queue)
    case (.deviceStatus, true) where isKnown && step.value == 0: reset()
    default: break
    }
  }
}
