import Model
import VirtioSpec

/// Compares two lives.
struct LifeComparer {
  let good: ComparedLife
  let bad: ComparedLife
  let means: Means
  private var columns: [Aligner.Column] = []
  private var remarks: [String] = []
  private var found: [Difference] = []
  /// Steps that the other side has, too, in another place, or that do not count.
  private var settledGood: Set<Int> = []
  private var settledBad: Set<Int> = []
  private var valuesNotShown = 0

  /// What both recordings can show of the device.
  struct Means {
    var type: DeviceType?
    /// Steps that belong to one transport do not count where the transports differ.
    var isSameTransport = true
    /// Both show the configuration space of the function.
    var hasConfigurationSpace = true
    var goodShowsInterrupts = true
    var badShowsInterrupts = true
    var hasHostKicks = true
    var hasUsedBuffers = true
    var hasAvailableBuffers = true
  }

  init(_ good: ComparedLife, _ bad: ComparedLife, _ means: Means) {
    self.good = good
    self.bad = bad
    self.means = means
  }

  /// The comparison.
  mutating func compare() -> LifeComparison {
    var result = LifeComparison(good: good, bad: bad)
    let goodSteps = good.steps.filter { counts($0.key.topic) }
    let badSteps = bad.steps.filter { counts($0.key.topic) }
    let aligner = Aligner(goodSteps.map(\.key), badSteps.map(\.key))
    columns = aligner.columns
    if !aligner.isWhole {
      remarks.append("long stretches have too little in common to be aligned step by step")
    }
    settleBeginning()
    settleOrder(goodSteps, badSteps)
    compareColumns(goodSteps, badSteps, &result)
    var occasions = OccasionComparer(good, bad, means)
    let placed = Positions(columns, goodSteps, badSteps)
    found += occasions.compare(placed)
    remarks += occasions.remarks
    remark()
    result.differences = found.sorted { $0.place < $1.place }
    result.remarks = remarks
    result.lines = lines(goodSteps, badSteps, result.differences)
    return result
  }

  private func counts(_ topic: Topic) -> Bool {
    if topic.needsConfigurationSpace, !means.hasConfigurationSpace { return false }
    return means.isSameTransport || !topic.belongsToTransport
  }

  // MARK: What does not count

  /// What one recording does not show because it starts in the middle of the life is no difference.
  private mutating func settleBeginning() {
    guard good.startKnown != bad.startKnown else { return }
    for column in columns {
      if column.good != nil, column.bad != nil { break }
      if !bad.startKnown, let place = column.good { settledGood.insert(place) }
      if !good.startKnown, let place = column.bad { settledBad.insert(place) }
    }
    let name = good.startKnown ? "BAD" : "GOOD"
    remarks.append("\(name) does not show how this life began; what came before is not compared")
  }

  /// A step that stands elsewhere is no step less and one more; a read tells the same wherever it
  /// stands under one device status.
  private mutating func settleOrder(_ goodSteps: [ComparedStep], _ badSteps: [ComparedStep]) {
    var waiting: [StepKey: [Int]] = [:]
    for (number, column) in columns.enumerated() where column.good == nil {
      if let place = column.bad, !settledBad.contains(place) {
        waiting[badSteps[place].key, default: []].append(number)
      }
    }
    for key in waiting.keys { waiting[key]?.reverse() }
    for (number, column) in columns.enumerated() where column.bad == nil {
      guard let place = column.good, !settledGood.contains(place),
        let other = waiting[goodSteps[place].key]?.popLast(), let otherPlace = columns[other].bad
      else { continue }
      settledGood.insert(place)
      settledBad.insert(otherPlace)
      let (step, moved) = (goodSteps[place], badSteps[otherPlace])
      guard !step.key.topic.isRead || step.status != moved.status else { continue }
      found.append(Difference(.order, step, moved, place: min(number, other) * 2 + 1))
    }
    settleReads(goodSteps, badSteps)
  }

  /// Reads of the same thing that stand elsewhere and give another value are one difference.
  private mutating func settleReads(_ goodSteps: [ComparedStep], _ badSteps: [ComparedStep]) {
    var waiting: [StepPlace: Int] = [:]
    for (number, column) in columns.enumerated() where column.good == nil {
      guard let place = column.bad, !settledBad.contains(place), badSteps[place].key.topic.isRead,
        badSteps[place].key.topic != .statusRead
      else { continue }
      waiting[badSteps[place].key.place] = number
    }
    for (number, column) in columns.enumerated() where column.bad == nil {
      guard let place = column.good, !settledGood.contains(place),
        let other = waiting.removeValue(forKey: goodSteps[place].key.place),
        let otherPlace = columns[other].bad
      else { continue }
      settledGood.insert(place)
      settledBad.insert(otherPlace)
      compare(goodSteps[place], badSteps[otherPlace], place: min(number, other) * 2 + 1)
    }
  }

  // MARK: What counts

  private mutating func compareColumns(
    _ goodSteps: [ComparedStep], _ badSteps: [ComparedStep], _ result: inout LifeComparison
  ) {
    // Steps whose value one side does not show may be repetitions of others.
    let isBlind = good.blind.isSet || bad.blind.isSet
    for (number, column) in columns.enumerated() {
      switch (column.good, column.bad) {
      case (let i?, let j?):
        let before = found.count
        compare(goodSteps[i], badSteps[j], place: number * 2 + 1)
        if found.count == before { result.sameCount += 1 }
      // How a switch stands may be older than the recording.
      case (let i?, nil)
      where !settledGood.contains(i) && !isBlind && !goodSteps[i].key.topic.isSwitch:
        found.append(Difference(.missing, goodSteps[i], nil, place: number * 2 + 1))
      case (nil, let j?)
      where !settledBad.contains(j) && !isBlind && !badSteps[j].key.topic.isSwitch:
        found.append(Difference(.extra, nil, badSteps[j], place: number * 2 + 1))
      default: break
      }
    }
    if let last = columns.last, (last.good == nil) != (last.bad == nil) {
      result.endsEarly = last.good == nil ? .good : .bad
    }
  }

  private mutating func compare(_ a: ComparedStep, _ b: ComparedStep, place: Int) {
    if !a.key.isKnown || !b.key.isKnown { valuesNotShown += 1 }
    guard !a.key.agrees(with: b.key), !isIdentity(a.key) else { return }
    found.append(Difference(a.key.isFeatureSet ? .features : .value, a, b, place: place))
  }

  /// What tells one machine from another: a MAC address, the address of a guest on a socket.
  private func isIdentity(_ key: StepKey) -> Bool {
    guard key.topic == .configRead,
      let name = means.type?.configField(at: Int(key.index))?.field.name
    else { return false }
    return means.type == .net && name == "mac" || means.type == .vsock && name == "guest_cid"
  }

  private mutating func remark() {
    for (name, life) in [("GOOD", good), ("BAD", bad)] {
      if life.isCut { remarks.append("\(name) has more steps in this life than are kept") }
      if life.gap.isSet {
        remarks.append("\(name) lost events in this life: what is missing may be among them")
      }
      if life.blind.isSet {
        remarks.append(
          "\(name) does not show every value: steps that only one recording has do not count")
      }
    }
    if valuesNotShown > 0 {
      remarks.append("\(valuesNotShown) values were not captured and are not compared")
    }
  }

  private func lines(
    _ goodSteps: [ComparedStep], _ badSteps: [ComparedStep], _ differences: [Difference]
  ) -> [ComparedLine] {
    var numbers: [Int: [Int]] = [:]
    for (number, difference) in differences.enumerated() {
      numbers[difference.place, default: []].append(number)
    }
    var lines: [ComparedLine] = []
    func add(_ place: Int) {
      for number in numbers[place] ?? [] {
        let difference = differences[number]
        lines.append(
          ComparedLine(good: difference.good, bad: difference.bad, difference: number))
      }
    }
    for (number, column) in columns.enumerated() {
      add(number * 2)
      let atColumn = numbers[number * 2 + 1] ?? []
      add(number * 2 + 1)
      guard atColumn.isEmpty, let i = column.good, let j = column.bad else { continue }
      lines.append(ComparedLine(good: goodSteps[i], bad: badSteps[j]))
    }
    add(columns.count * 2)
    return lines
  }
}
