import Model
import Recordings
import Rules
import Testing

/// Whole recordings of real drivers under every rule, which is also the way that `analyze` goes.
@Suite struct CCWAnalysisTests {
  @Test(arguments: CCWFixtureTests.names) func `only the balloon's early kick is wrong`(
    name: String
  ) throws {
    var analysis = Analysis()
    _ = try Recording.read(path: Fixture.path("ccw/\(name).pcapng"), into: &analysis)
    analysis.finish()
    // What the device offers is not what this is about.
    let broken = analysis.verdicts.findings.filter { $0.rule.hasPrefix("core.") }.map {
      "\($0.rule) \($0.message)"
    }
    #expect(
      broken
        == (name == "linux-balloon-rev2"
          ? ["core.init.no-kick-before-driver-ok driver notifies queue 2 before it set DRIVER_OK"]
          : []))
  }
}
