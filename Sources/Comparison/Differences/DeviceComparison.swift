import Model
public import Rules
import VirtioSpec

/// A device of two recordings side by side.
public struct DeviceComparison: Sendable {
  public var good: ComparedDevice?
  public var bad: ComparedDevice?
  public var reason: DevicePairing.Reason
  /// What configuration space says otherwise (PCI).
  public internal(set) var facts: [Difference] = []
  /// Lives in their order.
  public internal(set) var lives: [LifeComparison] = []
  /// Lives were paired by their order alone, because there are too many.
  public internal(set) var isByOrder = false
  /// Findings that one recording has and the other one would show.
  public internal(set) var onlyGood: [Finding] = []
  public internal(set) var onlyBad: [Finding] = []
  /// Findings of one recording about which the other cannot tell, with the reason.
  public internal(set) var undecidable: [(finding: Finding, isGood: Bool, reason: String)] = []

  /// Whether it is the same in both as far as that can be told.
  public var isSame: Bool {
    good != nil && bad != nil && facts.isEmpty && onlyGood.isEmpty && onlyBad.isEmpty
      && lives.allSatisfy(\.isSame)
  }

  init(_ good: ComparedDevice?, _ bad: ComparedDevice?, _ reason: DevicePairing.Reason) {
    self.good = good
    self.bad = bad
    self.reason = reason
  }

  init(
    _ good: ComparedDevice, _ bad: ComparedDevice, _ reason: DevicePairing.Reason,
    _ goodRun: ComparedRun, _ badRun: ComparedRun
  ) {
    self.init(good, bad, reason)
    compareFacts(good, bad)
    var means = LifeComparer.Means(good, bad)
    means.hasHostKicks = goodRun.showsHostKicks && badRun.showsHostKicks
    means.hasUsedBuffers = goodRun.showsUsedBuffers && badRun.showsUsedBuffers
    means.hasAvailableBuffers = goodRun.showsAvailableBuffers && badRun.showsAvailableBuffers
    let pairs = LifeAligner.align(good.lives, bad.lives)
    isByOrder = !pairs.isWhole
    lives = pairs.columns.map { column in
      guard let i = column.good, let j = column.bad else {
        return LifeComparison(
          good: column.good.map { good.lives[$0] }, bad: column.bad.map { bad.lives[$0] })
      }
      let (mine, theirs) = (good.lives[i], bad.lives[j])
      means.goodShowsInterrupts = goodRun.showsInterrupts(of: good, in: mine)
      means.badShowsInterrupts = badRun.showsInterrupts(of: bad, in: theirs)
      var comparer = LifeComparer(mine, theirs, means)
      return comparer.compare()
    }
    compareFindings(good, bad)
  }

  private mutating func compareFacts(_ good: ComparedDevice, _ bad: ComparedDevice) {
    guard !good.facts.isEmpty, !bad.facts.isEmpty else { return }
    for fact in good.facts {
      guard let other = bad.facts.first(where: { $0.key.place == fact.key.place }) else {
        // The list of capabilities may not have been read in the other.
        if fact.key.topic == .pciCapability, bad.hasCapabilities {
          facts.append(Difference(.missing, fact, nil, place: 0))
        }
        continue
      }
      if fact.key != other.key { facts.append(Difference(.value, fact, other, place: 0)) }
    }
    guard good.hasCapabilities else { return }
    for fact in bad.facts where fact.key.topic == .pciCapability {
      if !good.facts.contains(where: { $0.key.place == fact.key.place }) {
        facts.append(Difference(.extra, nil, fact, place: 0))
      }
    }
  }

  private mutating func compareFindings(_ good: ComparedDevice, _ bad: ComparedDevice) {
    for (mine, other, isGood) in [(good, bad, true), (bad, good, false)] {
      let known = Set(other.findings.flatMap { [$0.rule] + $0.also })
      var told: Set<String> = []
      for finding in mine.findings
      where !known.contains(finding.rule) && told.insert(finding.rule).inserted {
        if let reason = other.undecidable[finding.rule] ?? other.blindness {
          undecidable.append((finding, isGood, reason))
        } else if isGood {
          onlyGood.append(finding)
        } else {
          onlyBad.append(finding)
        }
      }
    }
  }
}

extension ComparedDevice {
  /// Why a rule may have had nothing to judge although something was there.
  fileprivate var blindness: String? {
    lives.contains { $0.blind.isSet } ? UndecidableReason.payloadNotCaptured.rawValue : nil
  }

  fileprivate var hasCapabilities: Bool { facts.contains { $0.key.topic == .pciCapability } }
}

extension LifeComparer.Means {
  fileprivate init(_ good: ComparedDevice, _ bad: ComparedDevice) {
    type = good.type ?? bad.type
    isSameTransport = good.transport == bad.transport
    hasConfigurationSpace =
      good.transport == .pci && bad.transport == .pci && !good.facts.isEmpty && !bad.facts.isEmpty
  }
}

extension ComparedRun {
  /// Whether an interrupt of the device would be seen in that life.
  fileprivate func showsInterrupts(of device: ComparedDevice, in life: ComparedLife) -> Bool {
    if showsHostInterrupts || device.hasInterrupts { return true }
    return evidence.contains(.interrupt) && (device.transport == .ccw || life.hasMessages)
  }
}
