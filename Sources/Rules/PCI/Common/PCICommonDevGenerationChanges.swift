import Model

/// A device changes config_generation when the driver has read a value that had changed.
///
/// Traps: a driver that writes to the configuration may change other fields by that; without a read
/// of the generation before, between and after nothing is shown.
///
/// Spec: 4.1.4.3.1
struct PCICommonDevGenerationChanges: Rule {
  static let id = "pci.common.dev-generation-changes"
  var tally = Tally()
  /// What was read, and how often the generation had been seen to change by then.
  private var reads: [Read] = []
  /// The read of a changed value that the next generation has to tell of, and the one before it.
  private var changed: (Transaction, Read)?

  private struct Read: Sendable {
    var offset: UInt32
    var width: UInt8
    var value: UInt64
    var epoch: UInt64
    var reference: RecordReference
  }

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step) else { return .silent }
    switch step.kind {
    case .readConfig where step.hasValue: take(step, session)
    case .readConfigGeneration where step.hasValue: return judgeGeneration(step, session)
    case .writeConfig, .readConfig:
      reads.removeAll()
      changed = nil
    default: break
    }
    return .silent
  }

  private mutating func take(_ step: Transaction, _ session: Session) {
    // Without a generation read before there is nothing to compare with.
    guard session.configGeneration >= 0 else { return }
    let known = reads.firstIndex { $0.offset == step.index && $0.width == step.width }
    if let known {
      let old = reads.remove(at: known)
      if old.value != step.value, old.epoch == session.configGenerationChanges, changed == nil {
        changed = (step, old)
      }
    }
    guard reads.count < 64 else { return }
    reads.append(
      Read(
        offset: step.index, width: step.width, value: step.value,
        epoch: session.configGenerationChanges,
        reference: step.reference))
  }

  private mutating func judgeGeneration(_ step: Transaction, _ session: Session) -> Judgement {
    guard let (second, first) = changed else { return .silent }
    changed = nil
    guard step.value & 0xff == UInt64(session.configGeneration & 0xff) else { return .held }
    let place = hex(second.index, digits: 2)
    return .broken(
      "device returns config_generation \(hex(step.value, digits: 2)) as before, although the "
        + "configuration at offset \(place) changed",
      Evidence(first.reference, "device returns \(hex(first.value)) at offset \(place)"),
      Evidence(second.reference, "device returns \(hex(second.value)) at offset \(place)"))
  }
}
