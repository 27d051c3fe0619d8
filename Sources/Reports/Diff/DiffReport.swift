public import Comparison
import Model
import Rules
public import VirtioSpec

/// Two recordings and how they differ: the one value that the writers of `vtrace diff` write.
public struct DiffReport: Sendable {
  public var good: Report.Input
  public var bad: Report.Input
  public var comparison: RunComparison
  public var version: SpecVersion
  /// The filter that says what is compared; nil for everything.
  public var filter: String?
  /// Steps that are shown before and after a difference.
  public var context = 3
  /// Every difference is shown with what is around it, not only the first one of a device.
  public var showsAll = false

  /// - Parameters:
  ///   - good, bad: what an analysis found in each recording, of all devices.
  ///   - goodRun, badRun: what was kept of it for the comparison.
  public init(
    good: Report.Input, _ goodRun: ComparedRun, bad: Report.Input, _ badRun: ComparedRun,
    version: SpecVersion, named: [(good: String, bad: String)], isWanted: (String) -> Bool
  ) {
    self.good = good
    self.bad = bad
    self.version = version
    comparison = RunComparison(
      good: Self.withFindings(goodRun, good), bad: Self.withFindings(badRun, bad), named: named,
      isWanted: isWanted)
  }

  private static func withFindings(_ run: ComparedRun, _ input: Report.Input) -> ComparedRun {
    var run = run
    for finding in input.findings where run.devices.indices.contains(Int(finding.device)) {
      run.devices[Int(finding.device)].findings.append(finding)
    }
    for (place, rules) in input.deviceRules.enumerated()
    where run.devices.indices.contains(place) {
      for entry in rules.undecidable { run.devices[place].undecidable[entry.rule] = entry.reason }
    }
    return run
  }

  /// 0 the recordings are the same, 1 they differ.
  public var status: Int32 { comparison.isSame ? 0 : 1 }

  /// Differences by kind, over all devices.
  var counts: DiffCounts {
    var counts = DiffCounts()
    for device in comparison.devices { counts.add(device) }
    return counts
  }
}

/// How much differs.
struct DiffCounts {
  var kinds: [Difference.Kind: Int] = [:]
  var devicesSame = 0
  var devicesDifferent = 0
  /// Devices and lives that only one recording has.
  var devicesUnpaired = 0
  var livesUnpaired = 0
  var onlyGood = 0
  var onlyBad = 0
  var sameSteps = 0
  var lives = 0

  /// Steps, occasions and facts that differ.
  var steps: Int { kinds.values.reduce(0, +) }

  mutating func add(_ device: DeviceComparison) {
    if device.isSame { devicesSame += 1 } else { devicesDifferent += 1 }
    if device.good == nil || device.bad == nil { devicesUnpaired += 1 }
    for fact in device.facts { kinds[fact.kind, default: 0] += 1 }
    for life in device.lives { add(life) }
    onlyGood += device.onlyGood.count
    onlyBad += device.onlyBad.count
  }

  mutating func add(_ life: LifeComparison) {
    lives += 1
    if life.good == nil || life.bad == nil { livesUnpaired += 1 }
    sameSteps += life.sameCount
    for difference in life.differences { kinds[difference.kind, default: 0] += 1 }
  }

  /// `2 values, 1 step only in GOOD`; empty where nothing differs.
  var words: String {
    let names: [(Difference.Kind, String, String)] = [
      (.value, "other value", "other values"),
      (.features, "other feature set", "other feature sets"),
      (.missing, "step only in GOOD", "steps only in GOOD"),
      (.extra, "step only in BAD", "steps only in BAD"),
      (.order, "step in another place", "steps in another place"),
    ]
    let words = names.compactMap { kind, one, several -> String? in
      let count = kinds[kind] ?? 0
      return count == 0 ? nil : counted(count, one, several)
    }
    return words.joined(separator: ", ")
  }
}
