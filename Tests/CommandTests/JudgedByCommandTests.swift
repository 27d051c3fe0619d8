import Foundation
import Testing

/// `--spec` and the policy's `spec`, from the command line to the findings.
@Suite struct JudgedByCommandTests {
  /// U-Boot, whose device offers VIRTIO_F_RING_RESET, a bit of 1.2.
  static let recording = "fixtures/mmio-other/riscv64-uboot-modern-blk.log"
  static let note =
    "note[feature.dev-no-offer-unsupported]: device offers VIRTIO_F_RING_RESET (bit 40)"

  @Test(arguments: [("1.0", true), ("1.1", true), ("1.2", false), ("1.4", false)])
  func analyzeKnowsWhatCameLater(spec: String, isReserved: Bool) throws {
    let run = try Command.vtrace("analyze", "--spec", spec, Self.recording)
    #expect(run.output.contains("\(Self.note), which virtio \(spec) reserves") == isReserved)
    #expect(run.output.contains("judged by virtio \(spec)") == (spec != "1.4"))
  }

  @Test func jsonNamesTheText() throws {
    for format in ["json", "jsonl"] {
      let run = try Command.vtrace("analyze", "--spec", "1.1", "--format", format, Self.recording)
      let text = run.output.replacing(" ", with: "")
      #expect(text.contains(#""judgedBy":"1.1""#))
      #expect(text.contains(#""rule":"feature.dev-no-offer-unsupported""#))
    }
  }

  @Test func thePolicySelectsTheText() throws {
    let folder = try Folder()
    try folder.write(".vtrace.yml", "spec: 1.1\nfail-on: note\nselect: [feature]\n")
    try folder.write("x.log", try String(contentsOf: Self.file, encoding: .utf8))
    let run = try folder.vtrace("check", "x.log")
    #expect(run.status == 1 && run.output.contains(Self.note))
    let newer = try folder.vtrace("check", "--spec", "1.2", "x.log")
    #expect(newer.status == 0 && !newer.output.contains(Self.note))
  }

  private static let file = packageRoot.appending(path: recording)
}
