import Foundation
import Testing

/// The exit status that the contract promises.
@Suite struct ExitStatusTests {
  static let broken = "fixtures/x86/qtest/clears-status-bit.qemu.log"
  static let clean = "fixtures/x86/qtest/good.qemu.log"

  @Test func cleanIsZero() throws {
    #expect(try Command.vtrace("analyze", Self.clean).status == 0)
  }

  @Test func aFindingIsOne() throws {
    #expect(try Command.vtrace("analyze", Self.broken).status == 1)
    #expect(try Command.vtrace("analyze", "--fail-on", "never", Self.broken).status == 0)
  }

  @Test func whatCannotBeReadIsTwoAndTheOthersGoOn() throws {
    let run = try Command.vtrace("analyze", "fixtures/no-such-file", Self.broken)
    #expect(run.status == 2)
    #expect(run.errors.contains("fixtures/no-such-file: cannot open it"))
    #expect(run.output.contains("core.status.no-clear-bits"))
  }

  @Test func anUnknownFormatIsTwo() throws {
    let run = try Command.vtrace("analyze", "Package.swift")
    #expect(run.status == 2)
    #expect(run.errors.contains("no known recording format"))
  }

  @Test func standardInputIsRead() throws {
    let data = try Data(contentsOf: packageRoot.appending(path: Self.broken))
    let run = try Command.vtrace("analyze", "-", input: data)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("-: qemu-log"))
  }

  @Test func aRecordingCutShortIsAnalyzedAndNamed() throws {
    let data = try Data(
      contentsOf: packageRoot.appending(path: "fixtures/ccw/linux-blk-rev0.pcapng"))
    let cut = data.prefix(data.count - 7)
    let lax = try Command.vtrace("analyze", "-", input: cut)
    #expect(lax.status == 0)
    #expect(lax.output.contains("truncated"))
    #expect(try Command.vtrace("analyze", "--strict-input", "-", input: cut).status == 2)
  }

  @Test func badArgumentsAreTwo() throws {
    #expect(try Command.vtrace("analyze", "--format", "xml", Self.clean).status == 2)
  }
}
