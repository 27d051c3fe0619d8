import Model
import VirtioSpec

/// What the rules about initialization ask of a step.
extension Transaction {
  /// The bits of a status write that the device took; nil for a reset, a rejected write, a value
  /// that was not captured, and every other kind.
  var statusSet: DeviceStatus? {
    guard kind == .writeStatus, hasValue, isAccepted else { return nil }
    let bits = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: value))
    return bits.isEmpty ? nil : bits
  }

  /// The step gives a queue a size or an address, or enables it. Taking a queue away (zeroes), and
  /// mapping or unmapping its vector, is no set-up.
  var setsUpQueue: Bool {
    switch kind {
    case .writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN:
      hasValue && value != 0 && isAccepted
    default: false
    }
  }

  /// The step as a message says it, behind "driver": `writes status 0x03`, `sets up queue 0`.
  var deed: String {
    switch kind {
    case .writeStatus: "writes status \(hex(value, digits: 2))"
    case .writeDriverFeatures:
      index == .max ? "writes its features" : "writes feature word \(index)"
    case .writeQueueEnable, .writeQueuePFN: "enables queue \(queue)"
    case .writeQueueSize: "sets the size of queue \(queue)"
    case .writeQueueAddress: "sets an address of queue \(queue)"
    case .kick: queue >= 0 ? "notifies queue \(queue)" : "notifies a queue"
    case .writeConfig: "writes device configuration at offset \(hex(index, digits: 2))"
    case .reset: "resets the device"
    default: "goes on"
    }
  }
}

extension Session {
  /// The clauses without a legacy form bind this step: the session is modern, and the step does
  /// not go through the legacy structure.
  func isModern(at step: Transaction) -> Bool {
    step.interface != .legacy
      && (interface == .modern || interface == .none && step.interface == .modern)
  }

  /// The device refused the features in this life and took no other set since.
  var refusesFeatures: Bool { marks.featuresOKRefused.isSet && !marks.featuresOKConfirmed }

  /// Evidence for `refusesFeatures`.
  var refusal: Evidence {
    Evidence(marks.featuresOKRefused, "device does not keep FEATURES_OK")
  }
}
