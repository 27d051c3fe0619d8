import Model
import VirtioSpec

/// The places where faults can be made, and changes that go through a whole life.
extension Life {
  /// A fault for each of `steps` where `edits` can be made.
  func faults(_ steps: [Step], _ edits: (Step) -> [Fault.Edit]?) -> [Fault] {
    steps.compactMap { step in
      edits(step).flatMap { $0.isEmpty ? nil : Fault($0) }
    }
  }

  /// A fault where there is the one step.
  func fault(_ step: Step?, _ edits: (Step) -> [Fault.Edit]?) -> [Fault] {
    step.map { faults([$0], edits) } ?? []
  }

  /// Gives each of `steps` another value; nil where one of them cannot get it.
  func setAll(_ steps: [Step], _ value: (Step) -> UInt64) -> [Fault.Edit]? {
    var edits: [Fault.Edit] = []
    for step in steps where value(step) != step.value {
      guard let change = set(step, to: value(step)) else { return nil }
      edits += change
    }
    return edits
  }

  /// The driver never sets `bit` of the status, and the device never shows it: a write that is
  /// nothing else is left out.
  func without(_ bit: DeviceStatus) -> [Fault.Edit]? {
    var edits: [Fault.Edit] = []
    var before: DeviceStatus = []
    for step in all(.writeStatus, .readStatus) where step.status.contains(bit) {
      let rest = step.status.subtracting(bit)
      if step.kind == .writeStatus, rest == before {
        edits += drop(step)
        continue
      }
      if step.kind == .writeStatus { before = rest }
      guard let change = set(step, to: UInt64(rest.rawValue)) else { return nil }
      edits += change
    }
    return edits.isEmpty ? nil : edits
  }

  /// Changes the status reads between two steps.
  func statusReads(
    _ first: Step, _ last: Step?, _ change: (DeviceStatus) -> DeviceStatus
  ) -> [Fault.Edit] {
    between(first, last).filter { $0.kind == .readStatus && $0.step.hasValue }
      .flatMap { set($0, to: UInt64(change($0.status).rawValue)) ?? [] }
  }

  /// Driver features with `word` changed wherever it is written.
  func accepting(_ word: UInt32, _ change: (UInt64) -> UInt64) -> [Fault.Edit]? {
    let writes = all(.writeDriverFeatures).filter { $0.step.index == word }
    guard let edits = setAll(writes, { change($0.value) }), !edits.isEmpty else { return nil }
    // What reads back is what was written.
    return setAll(all(.readDriverFeatures).filter { $0.step.index == word }) { change($0.value) }
      .map { edits + $0 }
  }

  /// The driver accepts `bit`, or leaves it out.
  func accepting(_ bit: Int, _ isAccepted: Bool) -> [Fault.Edit]? {
    let mask = UInt64(1) << UInt64(bit % 32)
    return accepting(UInt32(bit / 32)) { isAccepted ? $0 | mask : $0 & ~mask }
  }

  /// The device offers `bit`, or does not.
  func offering(_ bit: Int, _ isOffered: Bool) -> [Fault.Edit]? {
    let mask = UInt64(1) << UInt64(bit % 32)
    let reads = all(.readDeviceFeatures).filter { $0.step.index == UInt32(bit / 32) }
    let edits = setAll(reads) { isOffered ? $0.value | mask : $0.value & ~mask }
    return edits?.isEmpty == false ? edits : nil
  }

  /// The device does not offer `bit`, and the driver, which masks what it accepts, does without.
  func lacking(_ bit: Int) -> [Fault.Edit]? {
    guard let offer = offering(bit, false) else { return nil }
    guard session.accepted.contains(bit) else { return offer }
    return accepting(bit, false).map { offer + $0 }
  }

  /// The features that the type of the device defines, on the interface in use.
  var known: [FeatureBit] {
    let types = [session.profile.type, DeviceType(rawValue: 0)].compactMap { $0 }
    return types.flatMap { FeatureCatalogue.features(of: $0) }
      .filter { !$0.legacyOnly || isLegacy }
  }

  /// Whether the prerequisites of a feature are all in `set`.
  func isSatisfied(_ feature: FeatureBit, in set: FeatureSet) -> Bool {
    feature.requires.allSatisfy { $0.contains { set.contains($0) } }
  }

  /// Steps that set up a queue: size, address, enable.
  var setup: [Step] {
    all(.writeQueueSize, .writeQueueAddress, .writeQueueEnable, .writeQueuePFN)
      .filter { $0.value != 0 }
  }

  /// Everything behind the access of `step` is missing.
  func end(after step: Step) -> [Fault.Edit] {
    ((step.access + 1)..<max(step.access + 1, recording.accesses.count)).map { .drop($0) }
  }

  /// Modern PCI or MMIO: the interface with a status that is read back.
  var hasModernRegisters: Bool { isModern && transport != .ccw }

  /// The last access before DRIVER_OK or kicks show that the driver's life went on as it should.
  var isInitialized: Bool { setting(.driverOK) != nil && setting(.driver) != nil }
}
