import Testing
import VirtioSpec

@testable import Comparison

/// Real recordings: the same run in several formats, the same scenario twice, and one changed step.
@Suite struct RecordedRunTests {
  /// One run, recorded or printed in two ways; or the same driver on the same device twice.
  static let same = [
    ("x86/kvm-seabios-blk-modern.trace.dat", "x86/kvm-seabios-blk-modern.qemu.log"),
    ("x86/kvm-seabios-blk-modern.trace.dat", "x86/kvm-seabios-blk-modern.report.txt"),
    ("x86/kvm-seabios-blk-modern.v6.trace.dat", "x86/kvm-seabios-blk-modern.v7-none.trace.dat"),
    ("x86/kvm-seabios-blk-legacy.trace.dat", "x86/kvm-seabios-blk-legacy.qemu.log"),
    ("x86/kvm-seabios-scsi-legacy.trace.dat", "x86/kvm-seabios-scsi-legacy.qemu.log.zst"),
    ("x86/kvm-ipxe-net-transitional.trace.dat", "x86/kvm-ipxe-net-transitional.qemu.log.zst"),
    (
      "x86/kvm-ftrace-seabios-blk-legacy.ftrace.txt",
      "x86/kvm-ftrace-seabios-blk-legacy.qemu.log"
    ),
    ("x86/qtest/good.qemu.log", "x86/replay/kvm-good.trace.dat"),
    ("x86/blk-modern.qemu.log.zst", "x86/blk-modern-noioeventfd.qemu.log"),
    ("ccw/linux-blk-rev2.pcapng", "ccw/linux-blk-rev2.log"),
    (
      "mmio-other/arm64-linux61-modern-blk-net.log",
      "mmio-other/riscv64-linux612-modern-blk-net.log"
    ),
  ]

  @Test(arguments: same.indices)
  func isTheSame(number: Int) throws {
    let good = try Recorded.fixture(Self.same[number].0)
    let bad = try Recorded.fixture(Self.same[number].1)
    for (mine, theirs) in [(good, bad), (bad, good)] {
      let comparison = RunComparison(good: mine, bad: theirs)
      #expect(!comparison.devices.isEmpty)
      for device in comparison.devices {
        #expect(device.isSame, "\(device.facts) \(device.lives.map(\.differences))")
        #expect(device.lives.contains { $0.sameCount > 0 })
      }
    }
  }

  /// Scripted drivers that differ from a good one in what the case is about.
  static let parted: [(String, String, Difference.Kind, Topic)] = [
    ("good", "features-after-features-ok", .extra, .accepted),
    ("good", "queue-before-features-ok", .order, .accepted),
    ("good", "notify-wrong-value", .extra, .kick),
    ("mmio-good", "mmio-notify-before-driver-ok", .extra, .earlyKick),
    ("mmio-good", "mmio-queue-ready-twice", .extra, .queueAreas),
    ("features-ok-refused-good", "features-ok-refused-ignored", .extra, .queueMaxSize),
  ]

  @Test(arguments: parted.indices)
  func partsThere(number: Int) throws {
    let (good, bad, kind, topic) = Self.parted[number]
    let comparison = try RunComparison(
      good: Recorded.fixture("x86/qtest/\(good).qemu.log"),
      bad: Recorded.fixture("x86/qtest/\(bad).qemu.log"))
    let first = try #require(comparison.devices.first?.lives.first?.differences.first)
    #expect(first.kind == kind && first.topic == topic, "\(first)")
  }

  /// Each step of a real life, changed or left out, is found: at its place, and nothing else.
  @Test(arguments: [
    "mmio-other/riscv64-linux612-modern-blk-net.log", "x86/kvm-seabios-blk-modern.trace.dat",
    "ccw/linux-blk-rev2.pcapng",
  ])
  func oneChangedStep(fixture: String) throws {
    let good = try Recorded.fixture(fixture)
    for place in good.devices.indices where !good.devices[place].lives.isEmpty {
      for number in good.devices[place].lives[0].steps.indices {
        for change in Change.allCases {
          var bad = good
          let isNet = good.devices[place].type == .net
          guard change.apply(to: &bad.devices[place].lives[0], at: number, isNet: isNet)
          else { continue }
          let comparison = RunComparison(good: good, bad: bad)
          let found = comparison.devices.flatMap(\.lives).flatMap(\.differences)
          let step = good.devices[place].lives[0].steps[number]
          #expect(found.count == 1, "\(change) \(step) \(found)")
          #expect(found.first?.kind == change.kind(step.key))
          if let mine = found.first?.good { #expect(mine.first == step.first) }
        }
      }
    }
  }

  private enum Change: CaseIterable {
    case value
    case removal

    func apply(to life: inout ComparedLife, at number: Int, isNet: Bool) -> Bool {
      let key = life.steps[number].key
      switch self {
      case .removal:
        guard !key.topic.isSwitch else { return false }
        life.steps.remove(at: number)
        for place in life.steps.indices { life.steps[place].position = place }
        // A neighbour that says the same would be told as the one that is missing.
        let isRepeated = life.steps.contains { $0.key == key }
        return !isRepeated
      case .value:
        let bare: [Topic] = [.reset, .subchannelEnabled, .subchannelDisabled, .channelCommand]
        guard key.isKnown, !bare.contains(key.topic), !key.isFeatureSet || key.mask & 1 == 1
        else { return false }
        // The MAC address of a network device is no difference.
        if key.topic == .configRead, key.index == 0, isNet { return false }
        life.steps[number].key.value ^= 1
        return !life.steps.enumerated().contains {
          $0 != number && $1.key == life.steps[number].key
        }
      }
    }

    func kind(_ key: StepKey) -> Difference.Kind {
      self == .removal ? .missing : key.isFeatureSet ? .features : .value
    }
  }
}
