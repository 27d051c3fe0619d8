import Foundation
import Testing

/// `--filter` on `analyze` and `check`.
@Suite struct FilterTests {
  private static let finding = "core.init.ack-then-driver"
  private static let broken = "fixtures/mmio-other/riscv64-uboot-modern-blk.log"

  @Test func listsOnlyWhatMatches() throws {
    let all = try Command.vtrace("analyze", "--transactions", Self.broken)
    let some = try Command.vtrace(
      "analyze", "--transactions", "--filter", "status & DRIVER && side == driver", Self.broken)
    func lines(_ output: String) -> [Substring] {
      output.split(separator: "\n")
        .filter { $0.contains(" mmio@0x10008000 ") && $0.hasPrefix("   ") }
    }
    let wanted = lines(all.output).filter { line in
      ["W status 0x02", "W status 0x0a", "W status 0x0e", "R status 0x0"].contains {
        line.contains($0)
      } && !line.contains("R status 0x00")
    }
    #expect(lines(some.output).count == wanted.count)
    #expect(lines(some.output).allSatisfy { lines(all.output).contains($0) })
  }

  /// A filter that asks for findings gives the same for a file and, as far as the step itself raises
  /// them, for standard input.
  @Test(arguments: ["text", "jsonl"]) func findings(format: String) throws {
    let file = try Command.vtrace(
      "analyze", "--format", format, "--transactions", "--filter", "finding == core", Self.broken)
    #expect(file.status == 1)
    #expect(file.output.contains("W status 0x02"))
    #expect(!file.output.contains("W status 0x0a"))
    #expect(file.output.contains(Self.finding))
    let none = try Command.vtrace(
      "analyze", "--format", format, "--filter", "fault == device", Self.broken)
    #expect(none.status == 0)
    #expect(!none.output.contains("driver sets DRIVER"))
  }

  /// A finding is about its records: the one that it points at, and its evidence.
  @Test func checkKeepsFindingsOfMatchingRecords() throws {
    for filter in [
      "status == 2", "type == blk", "device ~ '^mmio'", "kind == write", "record == 59",
    ] {
      #expect(try Command.vtrace("check", "--filter", filter, Self.broken).status == 1, "\(filter)")
    }
    for filter in ["status & DRIVER_OK", "type == net", "severity < error", "record == 60"] {
      #expect(try Command.vtrace("check", "--filter", filter, Self.broken).status == 0, "\(filter)")
    }
  }

  @Test(arguments: ["analyze", "check"]) func aMistakeIsTold(command: String) throws {
    let run = try Command.vtrace(command, "--filter", "type == blkk", Self.broken)
    #expect(run.status == 2)
    #expect(run.errors.contains("column 9: "))
    #expect(run.errors.contains("did you mean 'blk'?"))
    #expect(run.errors.contains("\n  type == blkk\n          ^~~~\n"))
  }

  @Test func noBaselineOfAPart() throws {
    let run = try Command.vtrace(
      "check", "--filter", "queue", "--write-baseline", "--baseline", "x", Self.broken)
    #expect(run.status == 2)
  }
}
