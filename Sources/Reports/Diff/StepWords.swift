import Comparison
import VirtioSpec

/// A compared step in the words of the specification.
struct StepWords {
  let type: DeviceType?
  let transport: TransportKind
  let isLegacy: Bool

  /// The whole step: `driver writes device status 0x0f (…)`.
  func text(_ step: ComparedStep) -> String {
    let key = step.key
    var text = occasion(step) ?? sentence(step)
    if key.isRejected { text += ", which the device rejects" }
    return text
  }

  /// What comes sooner or later, and what has no value.
  private func occasion(_ step: ComparedStep) -> String? {
    let key = step.key
    return switch key.topic {
    case .interface where key.index == 0: "driver uses the \(value(step)) interface"
    case .interface: "driver also uses the \(value(step)) interface"
    case .earlyKick: "driver notifies \(queue(step)) before DRIVER_OK"
    case .kick: "driver notifies \(queue(step))"
    case .queueInterrupt: "device sends a used buffer notification of \(queue(step))"
    case .configInterrupt: "device sends a configuration change notification"
    case .interruptStatus:
      "driver finds the \(key.index == 0 ? "queue" : "configuration") bit of \(noun(step)) set"
    case .interruptAck:
      "driver acknowledges the \(key.index == 0 ? "queue" : "configuration") bit of InterruptStatus"
    case .buffersAvailable: "driver makes buffers of \(queue(step)) available"
    case .buffersUsed: "device uses buffers of \(queue(step))"
    case .pciIdentity, .pciMessages: "configuration space says \(noun(step)) \(value(step))"
    case .pciCapability: "configuration space has \(noun(step))"
    case .reset: "driver resets the device"
    case .pciCommand, .messagesEnabled: "\(noun(step)) is \(value(step)) at DRIVER_OK"
    case .queueAreas: "driver writes the addresses of \(queue(step)): \(value(step))"
    case .subchannelEnabled: "driver enables the subchannel"
    case .subchannelDisabled: "driver disables the subchannel"
    case .channelCommand: "driver sends channel command \(hexadecimal(key.index, digits: 2))"
    case .adminCommand: "driver commands \(value(step)) on \(queue(step))"
    case .adminResult: "device answers \(value(step)) on \(queue(step))"
    default: nil
    }
  }

  private func sentence(_ step: ComparedStep) -> String {
    let verb =
      switch step.key.topic {
      case .accepted: "accepts"
      default: step.key.topic.isRead ? "reads" : "writes"
      }
    let mark = Self.ofQueue.contains(step.key.topic) ? ":" : ""
    return "driver \(verb) \(noun(step))\(mark) \(value(step))"
  }

  /// What the step is about, without its value.
  func noun(_ step: ComparedStep) -> String {
    let key = step.key
    switch key.topic {
    case .interface: return "the interface"
    case .interruptStatus: return transport == .pci ? "the ISR status" : "InterruptStatus"
    case .pciIdentity: return "device id"
    case .pciMessages: return "MSI-X vectors"
    case .pciCapability:
      let type = PCICapabilityType(rawValue: UInt8(truncatingIfNeeded: key.index))
      return "a virtio capability " + (type.map { "\($0)" } ?? "of type \(key.index)")
    case .status, .statusRead: return "device status"
    case .offered: return "the offered features"
    case .accepted: return "the features"
    case .acceptedRead: return "its own features back, word \(key.index):"
    case .config, .configRead: return configName(step)
    case .register, .registerRead: return "register \(hexadecimal(key.index, digits: 2))"
    case .area, .areaRead: return "a reserved area at \(hexadecimal(key.index, digits: 2))"
    case .outside, .outsideRead: return "a place in no structure, at \(hexadecimal(key.index))"
    default: break
    }
    let name = Self.nouns[key.topic] ?? "\(key.topic)"
    return Self.ofQueue.contains(key.topic) ? "\(name) of \(queue(step))" : name
  }

  private func queue(_ step: ComparedStep) -> String {
    step.key.queue >= 0 ? "queue \(step.key.queue)" : "a queue"
  }

  private func configName(_ step: ComparedStep) -> String {
    let offset = Int(step.key.index)
    if let field = type?.configField(at: offset)?.field, field.offset == offset {
      return "configuration field \(field.name)"
    }
    return "configuration at \(hexadecimal(offset, digits: 2))"
  }

  private static let ofQueue: Set<Topic> = [
    .queueMaxSize, .queueSize, .queueSizeRead, .queueEnable, .queueEnableRead, .queuePFN,
    .queuePFNRead, .queueAlign, .queueReset, .queueResetRead, .queueVector, .queueVectorRead,
    .queueAreas,
  ]

  private static let nouns: [Topic: String] = [
    .queueMaxSize: "maximum size", .queueSize: "size", .queueSizeRead: "size",
    .queueEnable: "enable", .queueEnableRead: "enable", .queuePFN: "address (PFN)",
    .queuePFNRead: "address (PFN)", .queueAlign: "alignment", .guestPageSize: "guest page size",
    .queueReset: "reset", .queueResetRead: "reset", .queueVector: "MSI-X vector",
    .queueVectorRead: "MSI-X vector", .queueAreas: "addresses",
    .configVector: "configuration MSI-X vector", .configVectorRead: "configuration MSI-X vector",
    .queueCount: "the number of queues", .adminQueueIndex: "the first administration queue",
    .adminQueueCount: "the number of administration queues", .magic: "the magic value",
    .version: "the device version", .deviceID: "the device id", .revision: "revision",
    .indicators: "indicators", .configIndicators: "configuration indicators",
    .adapterIndicators: "adapter indicators", .pciCommand: "bus master",
    .messagesEnabled: "MSI-X", .vfEnable: "VF Enable", .vfCount: "NumVFs",
    .adminCommand: "the command", .adminResult: "the result",
  ]
}
