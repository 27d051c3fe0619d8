import Model
import VirtioSpec

extension QuerySubject {
  /// The value of a field of numbers, times, names or flags; nil where it has none.
  func number(of field: QueryField, start: Int64) -> UInt64? {
    switch field {
    case .record: step.reference.record
    case .time: QueryTest.number(ofTime: step.reference.time &- start)
    case .clock: QueryTest.number(ofTime: step.reference.time)
    case .place: step.reference.location
    case .session: UInt64(clamping: session)
    case .transport: UInt64(transport.rawValue)
    case .type: type.map { UInt64($0.rawValue) }
    case .interface: UInt64(interface.rawValue)
    case .sessionStatus: status.map { UInt64($0.rawValue) }
    default: hasStep ? stepNumber(of: field) : nil
    }
  }

  private func stepNumber(of field: QueryField) -> UInt64? {
    switch field {
    case .cpu: step.cpu == Access.noCPU ? nil : UInt64(step.cpu)
    case .kind: UInt64(StepCategory(step.kind).rawValue)
    case .side: isByDevice ? 1 : 0
    case .register: StepRegister.number(of: step)
    case .ring: StepRegister.ringNumber(of: step)
    case .queue: queue
    case .value: step.hasValue && !step.isFact ? step.value : nil
    case .width: step.width == 0 ? nil : UInt64(step.width)
    case .offset: offset
    case .word: word
    case .status: status(of: step)
    case .interrupt: step.kind == .interrupt ? UInt64(min(step.index, 2)) : nil
    case .id: chain
    case .length: step.kind == .bufferUsed ? UInt64(step.index) : nil
    case .slot: slot
    default: nil
    }
  }

  private var isByDevice: Bool { step.traits.contains(.byDevice) || step.isFact }

  /// The queue; two kinds keep something else in its place.
  private var queue: UInt64? {
    switch step.kind {
    case .readWindow, .writeWindow, .readReservedArea, .writeReservedArea, .readOutside,
      .writeOutside, .structureUsed:
      return nil
    case .selectQueue: return step.hasValue ? step.value : nil
    default: return step.queue < 0 || step.isFact ? nil : UInt64(step.queue)
    }
  }

  private var offset: UInt64? {
    switch step.kind {
    case .readConfig, .writeConfig, .readRegister, .writeRegister, .readPCIConfig, .writePCIConfig,
      .readWindow, .writeWindow, .readReservedArea, .writeReservedArea, .readOutside,
      .writeOutside:
      UInt64(step.index)
    default: nil
    }
  }

  private var word: UInt64? {
    switch step.kind {
    case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures:
      step.index == .max ? nil : UInt64(step.index)
    case .selectDeviceFeatures, .selectDriverFeatures: step.hasValue ? step.value : nil
    default: nil
    }
  }

  private func status(of step: Transaction) -> UInt64? {
    switch step.kind {
    case .readStatus, .writeStatus: step.hasValue ? step.value & 0xff : nil
    default: nil
    }
  }

  private var chain: UInt64? {
    switch step.kind {
    case .bufferAvailable, .bufferUsed, .tableChanged, .bufferChanged, .descriptorChanged,
      .descriptorRewritten, .usedElsewhere, .usedEarly:
      step.hasValue ? step.value : nil
    default: nil
    }
  }

  private var slot: UInt64? {
    switch step.kind {
    case .bufferAvailable, .descriptorChanged, .availableEntryChanged, .usedEntryChanged,
      .listPartial, .bitsWrong, .descriptorRewritten, .usedElsewhere, .usedEarly, .ringNotZero:
      UInt64(step.index)
    default: nil
    }
  }

  /// Whether a field that is true or false is true.
  func mark(_ field: QueryField) -> Bool {
    guard hasStep else { return false }
    switch field {
    case .rejected: return step.traits.contains(.rejected)
    case .unknown: return step.traits.contains(.unknownValue)
    case .host: return step.traits.contains(.fromHostLog)
    case .snapshot: return step.traits.contains(.fromSnapshot)
    default: return step.traits.contains(.throughWindow)
    }
  }

  /// The features of a field; nil where it has none.
  func features(of field: QueryField) -> FeatureSet? {
    switch field {
    case .offered: return offered
    case .accepted: return accepted
    default:
      switch step.kind {
      case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures:
        guard hasStep, step.hasValue, step.index != .max else { return nil }
        var set = FeatureSet()
        set.update(word: step.index, value: step.value, mask: step.mask)
        return set
      default: return nil
      }
    }
  }

  /// Name of the field of the device configuration that the step touches.
  var configName: String? {
    switch step.kind {
    case .readConfig, .writeConfig:
      guard hasStep else { return nil }
      return type?.configField(at: Int(step.index))?.field.name
    default: return nil
    }
  }
}
