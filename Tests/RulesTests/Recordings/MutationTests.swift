import Foundation
import Rules
import Testing
import TraceKit

/// Single faults made in real recordings: each one is caught, and nobody is accused of what does not
/// follow from it. `vtrace-dev mutate` runs the whole of it; here are small recordings, and one of them
/// for each mutation.
@Suite struct MutationTests {
  /// Recordings of every transport and interface that are quickly analyzed.
  static let recordings = [
    "ccw/linux-blk-rev2-rings.pcapng", "ccw/linux-net-rev0-rings.pcapng",
    "ccw/bios-net-tftp-small-rings.pcapng", "ccw/linux-blk-rev1.pcapng",
    "ccw/linux-blk-rev0.pcapng", "ccw/linux-net-rev2.pcapng", "ccw/linux-blk-rev2-rmmod.pcapng",
    "ccw/linux-blk-rev2-classic-irq.pcapng",
    "mmio-other/arm64-linux61-modern-blk-net.log", "mmio-other/arm64-linux61-legacy-blk.log",
    "mmio-other/riscv64-linux612-modern-blk-net.log", "x86/mmio-legacy.qemu.log",
    "x86/blk-modern-noioeventfd.qemu.log", "x86/packed-net-ctrl.qemu.log",
    "x86/seabios-scsi-legacy.qemu.log", "x86/ipxe-net-legacy.qemu.log",
    "x86/uboot-x86-blk.qemu.log",
  ]

  static let run: Result<MutationRun, any Error> = Result {
    var run = MutationRun(seed: 1)
    run.placesPerRecording = 1
    run.recordingsPerMutation = 1
    for name in recordings {
      run.take(try RecordedAccesses(path: Fixtures.folder.appending(path: name).path), named: name)
    }
    return run
  }

  @Test func catchesEveryFault() throws {
    let run = try Self.run.get()
    #expect(run.trials.count > 100)
    let missed = run.trials.filter { !$0.isCaught }
    #expect(missed.count * 100 <= run.trials.count, "\(MutationReport(run).details)")
  }

  @Test func accusesNobodyOfWhatDoesNotFollow() throws {
    let run = try Self.run.get()
    #expect(run.withUnexplained == 0, "\(MutationReport(run).details)")
  }

  @Test func namesRulesThatThereAre() {
    let known = Set(RuleSet.ids)
    for mutation in Mutation.catalogue {
      #expect(known.contains(mutation.rule))
      #expect(known.isSuperset(of: mutation.consequences.keys), "\(mutation.consequences.keys)")
    }
  }
}
