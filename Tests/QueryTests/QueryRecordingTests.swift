import Model
import Query
import Recordings
import Testing

/// Filters over real recordings, against what is counted without one.
@Suite struct QueryRecordingTests {
  private static let log = "x86/blk-modern-noioeventfd.qemu.log"

  @Test func countsAreThoseOfTheSteps() throws {
    let film = try Filmed(Self.log)
    let kicks = film.texts.filter { $0.hasPrefix("kick queue[0]") }
    #expect(!kicks.isEmpty)
    #expect(try film.texts("kind == kick && queue == 0") == kicks)
    let status = film.texts.filter { $0.contains("W status") }
    #expect(try film.texts("register == device_status && kind == write") == status)
    #expect(try film.texts("text contains 'w status'") == status)
    let all = film.texts.count
    for filter in ["queue", "side == driver", "value > 4", "time < 1", "finding", "rejected"] {
      #expect(try film.count(filter) + film.count("!(\(filter))") == all, "\(filter)")
    }
  }

  /// A finding is found at its record.
  @Test func findings() throws {
    let film = try Filmed("mmio-other/riscv64-uboot-modern-blk.log")
    #expect(try film.texts("finding == core.init.ack-then-driver") == ["W status 0x02"])
    #expect(try film.texts("finding == core.init.sequence-order") == ["W status 0x02"])
    #expect(try film.texts("finding == core && fault == driver") == ["W status 0x02"])
    #expect(try film.texts("severity == error && section matches '^3\\.1'") == ["W status 0x02"])
    #expect(try film.count("severity < error") == 0)
    #expect(try film.count("fault == device") == 0)
  }

  /// Followed step by step, an index of findings finds the same as one made at the end.
  @Test func findingsAsTheyCome() throws {
    let film = try Filmed("mmio-other/arm64-uboot-legacy-blk.log")
    var run = QueryRun(try Query("finding"))
    for finding in film.findings.reversed() { run.findings.add(finding) }
    var count = 0
    for step in film.steps where run.matches(step.subject, id: step.id) { count += 1 }
    #expect(try film.count("finding") == count)
  }
}
