import Model
import VirtioSpec

/// One session of a device in a recording, with the accesses behind its steps.
struct Life: Sendable {
  let recording: RecordedAccesses
  /// The device's id.
  var device: String
  /// The session as it was in the end.
  var session: Session
  var steps: [Step] = []
  /// Number of the last session of the device.
  var lastOfDevice: Int?
  /// How many steps each access has, over all devices.
  let stepsOfAccess: [Int: Int]

  /// A step with the place of its access in the recording.
  struct Step: Sendable {
    var number: Int
    var access: Int
    var step: Transaction

    var kind: Transaction.Kind { step.kind }
    var value: UInt64 { step.value }
    var queue: Int32 { step.queue }
    /// The status that a step writes or reads.
    var status: DeviceStatus { DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value)) }
  }

  var transport: TransportKind { session.profile.transport }
  var isModern: Bool { session.isModern }
  var isLegacy: Bool { session.isLegacy }
  var type: String { session.profile.type?.name ?? "" }

  /// The steps of a kind whose values are known, made by accesses.
  func all(_ kinds: Transaction.Kind...) -> [Step] {
    steps.filter {
      kinds.contains($0.kind) && $0.step.hasValue && !$0.step.traits.contains(.fromHostLog)
        && $0.step.isAccepted
    }
  }

  func first(_ kinds: Transaction.Kind..., where isWanted: (Step) -> Bool = { _ in true }) -> Step?
  {
    steps.first {
      kinds.contains($0.kind) && $0.step.hasValue && !$0.step.traits.contains(.fromHostLog)
        && $0.step.isAccepted && isWanted($0)
    }
  }

  /// Status writes but resets.
  var statusWrites: [Step] { all(.writeStatus).filter { $0.value & 0xff != 0 } }

  /// The status write that sets `bit` for the first time.
  func setting(_ bit: DeviceStatus) -> Step? { statusWrites.first { $0.status.contains(bit) } }

  /// The first step behind `step` of one of these kinds.
  func next(_ kinds: Transaction.Kind..., after step: Step) -> Step? {
    steps.dropFirst(step.number + 1).first { kinds.contains($0.kind) }
  }

  /// The steps behind the one, up to the other.
  func between(_ first: Step, _ last: Step?) -> [Step] {
    Array(steps[(first.number + 1)..<max(first.number + 1, last?.number ?? steps.count)])
  }

  func access(_ step: Step) -> Access { recording.accesses[step.access] }
  func bytes(_ step: Step) -> [UInt8] { recording.bytes(at: step.access) }

  /// Whether the access of `step` means nothing else.
  func isAlone(_ step: Step) -> Bool { stepsOfAccess[step.access] == 1 }
}
