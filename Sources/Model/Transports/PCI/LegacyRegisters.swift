import VirtioSpec

/// The legacy header in BAR 0: what an access to it means.
///
/// Spec: 4.1.4.10, Legacy Interfaces: A Note on PCI Device Layout. The device configuration follows
/// the header, at 20, or at 24 while MSI-X is enabled.
extension PCIRegisters {
  mutating func legacy(
    _ access: PCIAccess, hasVectors: Bool, emit: (Transaction) -> Void
  ) {
    let header =
      hasVectors
      ? PCIConstants.legacyConfigOffsetWithMSIX : PCIConstants.legacyConfigOffset
    if access.offset >= header {
      let index = UInt32(truncatingIfNeeded: access.offset - header)
      emit(access.step(access.isWrite ? .writeConfig : .readConfig, .legacy, index: index))
      return
    }
    let covered = access.width > 0 ? access.width : 1
    access.split(LegacyHeaderField.self, from: access.offset) { field, part in
      guard field.offset < header else { return }
      var step = access.step(.readRegister, .legacy, index: UInt32(field.offset))
      step.value = part.value
      step.mask = part.mask
      if part.isWrongWidth {
        step.traits.insert(.wrongWidth)
        step.byteInField = UInt8(part.byte)
      }
      identify(field, access, &step)
      emit(step)
      update(field, access, step)
    } gap: { _ in
    }
    // An access that begins in the header and goes on into the configuration.
    if access.offset + covered > header {
      var step = access.step(access.isWrite ? .writeConfig : .readConfig, .legacy)
      step.traits.insert(.wrongWidth)
      step.width = UInt8(access.offset + covered - header)
      step.value = access.value >> UInt64((header - access.offset) * 8)
      emit(step)
    }
  }

  private func identify(
    _ field: LegacyHeaderField, _ access: PCIAccess, _ step: inout Transaction
  ) {
    switch field {
    case .queueAddress, .queueSize, .queueMsixVector: step.queue = queue
    default: break
    }
    guard let kind = Self.kind(of: field, isWrite: access.isWrite) else {
      step.kind = access.isWrite ? .writeRegister : .readRegister
      return
    }
    step.kind = kind
    step.index = 0
    if field == .queueAddress {
      step.index = UInt32(PCIConstants.legacyQueueAlignment)
    } else if kind == .kick, access.hasData {
      step.queue = Int32(step.value & 0xffff)
    }
  }

  private static func kind(of field: LegacyHeaderField, isWrite: Bool) -> Transaction.Kind? {
    switch (field, isWrite) {
    case (.deviceFeatures, false): .readDeviceFeatures
    case (.driverFeatures, false): .readDriverFeatures
    case (.driverFeatures, true): .writeDriverFeatures
    case (.queueAddress, false): .readQueuePFN
    case (.queueAddress, true): .writeQueuePFN
    case (.queueSize, false): .readQueueSize
    case (.queueSelect, true): .selectQueue
    case (.queueNotify, true): .kick
    case (.deviceStatus, false): .readStatus
    case (.deviceStatus, true): .writeStatus
    case (.isrStatus, false): .readISR
    case (.configMsixVector, false): .readConfigVector
    case (.configMsixVector, true): .writeConfigVector
    case (.queueMsixVector, false): .readQueueVector
    case (.queueMsixVector, true): .writeQueueVector
    default: nil
    }
  }

  private mutating func update(
    _ field: LegacyHeaderField, _ access: PCIAccess, _ step: Transaction
  ) {
    switch (field, access.isWrite) {
    case (.queueSelect, _):
      Self.update(
        &queueSelect, value: step.value, mask: step.mask & 0xffff, isKnown: access.hasData)
    case (.configMsixVector, _) where access.hasData: setConfigVector(step.value)
    case (.deviceStatus, true) where access.hasData && step.value == 0: reset()
    default: break
    }
  }
}
