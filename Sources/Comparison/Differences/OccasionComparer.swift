import Model

/// Compares what comes in a life sooner or later: kicks, interrupts, used buffers.
struct OccasionComparer {
  private let good: ComparedLife
  private let bad: ComparedLife
  private let means: LifeComparer.Means
  private(set) var remarks: [String] = []

  init(_ good: ComparedLife, _ bad: ComparedLife, _ means: LifeComparer.Means) {
    self.good = good
    self.bad = bad
    self.means = means
  }

  mutating func compare(_ positions: Positions) -> [Difference] {
    let mine = wanted(good)
    let theirs = wanted(bad)
    var others: [StepPlace: ComparedStep] = [:]
    for step in theirs { others[step.key.place] = step }
    var found: [Difference] = []
    for step in mine {
      let place = positions.inGood(step.position)
      guard let other = others.removeValue(forKey: step.key.place) else {
        if counts(step) { found.append(Difference(.missing, step, nil, place: place)) }
        continue
      }
      if step.key.value != other.key.value {
        found.append(Difference(.value, step, other, place: place))
      }
    }
    for step in theirs where others[step.key.place] != nil && counts(step) {
      found.append(Difference(.extra, nil, step, place: positions.inBad(step.position)))
    }
    remark()
    return found
  }

  /// Interrupts of which one recording does not tell the queue are compared without it.
  private func wanted(_ life: ComparedLife) -> [ComparedStep] {
    let isVague = good.hasVagueInterrupts || bad.hasVagueInterrupts
    return life.occasions.filter { step in
      !(isVague && (step.key.topic == .queueInterrupt || step.key.topic == .configInterrupt))
    }
  }

  /// Both recordings would show it.
  private func counts(_ step: ComparedStep) -> Bool {
    guard !good.blind.isSet, !bad.blind.isSet else { return false }
    return isShown(step)
  }

  private func isShown(_ step: ComparedStep) -> Bool {
    switch step.key.topic {
    // The device's own log has kicks that no driver made.
    case .kick, .earlyKick: !step.isFromHost || means.hasHostKicks
    case .queueInterrupt, .configInterrupt: means.goodShowsInterrupts && means.badShowsInterrupts
    case .buffersUsed: means.hasUsedBuffers
    case .buffersAvailable: means.hasAvailableBuffers
    case .interruptStatus, .interruptAck: means.isSameTransport
    default: true
    }
  }

  private mutating func remark() {
    let shows = [("GOOD", means.goodShowsInterrupts, bad), ("BAD", means.badShowsInterrupts, good)]
    for (name, isShown, other) in shows where !isShown {
      guard other.occasions.contains(where: { $0.key.topic == .queueInterrupt }) else { continue }
      remarks.append("\(name) shows no interrupts of this device: they are not compared")
    }
    if good.hasVagueInterrupts != bad.hasVagueInterrupts {
      let name = good.hasVagueInterrupts ? "GOOD" : "BAD"
      remarks.append("\(name) does not tell what interrupts are about: they are not compared")
    }
    let using = [good, bad].filter { $0.occasions.contains { $0.key.topic == .buffersUsed } }
    if !means.hasUsedBuffers, using.count == 1 {
      remarks.append("only one recording shows used buffers of any device: they are not compared")
    }
  }
}
