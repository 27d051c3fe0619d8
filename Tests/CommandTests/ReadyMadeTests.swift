import Foundation
import Testing

/// The action for GitHub, the snippet for GitLab, and the commands that docs/check.md tells: each
/// is what its platform takes, and each is run.
@Suite struct ReadyMadeTests {
  private static let documents = ["docs/check.md", "README.md"]

  private func text(_ path: String) throws -> String {
    try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
  }

  /// The fenced blocks of YAML in a page.
  private func blocks(_ path: String) throws -> [String] {
    try text(path).components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }

  /// The indented commands of a page that begin with `vtrace check` and take a folder.
  private func commands(_ path: String) throws -> [String] {
    try text(path).split(separator: "\n").filter { $0.hasPrefix("    vtrace check ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func validate(_ yaml: String, _ schema: String) throws {
    let folder = try Folder()
    let script = """
      import json, sys, yaml, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.validators.validator_for(schema)(schema).validate(yaml.safe_load(open(sys.argv[2])))
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, ".build/schemas/\(schema)", try folder.write("x.yml", yaml)])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  /// A folder with `recordings/`, and with the built `vtrace` on the path.
  private func place() throws -> Folder {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "recordings/good.qemu.log")
    try folder.copy(Recorded.broken, to: "recordings/bad one.qemu.log")
    return folder
  }

  private func shell(
    _ script: String, in folder: Folder, _ more: [String: String] = [:]
  ) throws -> Command {
    let tools = Command.vtrace.deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try Command.run(
      URL(filePath: "/bin/bash"), ["-e", "-o", "pipefail", "-c", script], in: folder.url,
      variables: ["PATH": "\(tools):\(path)"].merging(more) { $1 })
  }

  /// The script of a step of the action, as GitHub would run it.
  private func step(_ name: String) throws -> String {
    let script = """
      import sys, yaml
      steps = yaml.safe_load(open("action.yml"))["runs"]["steps"]
      print([s["run"] for s in steps if s["name"] == sys.argv[1]][0])
      """
    let run = try Command.run(URL(filePath: "/usr/bin/python3"), ["-c", script, name])
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test func theActionIsOne() throws { try validate(try text("action.yml"), "github-action.json") }

  @Test func theSnippetIsAPipeline() throws {
    let snippets = try Self.documents.flatMap(blocks).filter { $0.contains("codequality:") }
    #expect(snippets.count == 2 && Set(snippets).count == 1)
    try validate(try #require(snippets.first), "gitlab-ci.json")
  }

  /// In text of its own nothing of an input may stand: it could give commands.
  @Test func theActionPutsNoInputIntoItsScripts() throws {
    for name in ["Build vtrace", "Check recordings"] {
      #expect(try !step(name).contains("${{"))
    }
  }

  private func inputs(_ paths: String, _ more: [String: String] = [:]) -> [String: String] {
    [
      "VTRACE_PATHS": paths, "VTRACE_CONFIG": "", "VTRACE_BASELINE": "", "VTRACE_FAIL_ON": "",
      "VTRACE_SARIF": "vtrace.sarif",
    ].merging(more) { $1 }
  }

  @Test func theActionRuns() throws {
    let folder = try place()
    let script = try step("Check recordings")
    let run = try shell(script, in: folder, inputs("recordings/"))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.hasPrefix("::error file=recordings/bad one.qemu.log,line=203,title=core."))
    // It is the documented command.
    let documented = try #require(
      try commands("docs/check.md").first { $0.contains("--format github") })
    let sarif = try folder.read("vtrace.sarif")
    let plain = try shell(documented, in: folder)
    #expect(plain.output == run.output && plain.status == 1)
    #expect(try folder.read("vtrace.sarif") == sarif)
    let words = #"vtrace check --format github --output sarif="$VTRACE_SARIF""#
    #expect(script.contains(words))
  }

  @Test func theActionTakesItsInputs() throws {
    let folder = try place()
    try folder.write("policy.yml", "ignore: core.status\n")
    let script = try step("Check recordings")
    let two = "recordings/good.qemu.log\n\n  \nrecordings/bad one.qemu.log\n"
    #expect(try shell(script, in: folder, inputs(two)).status == 1)
    let good = try shell(
      script, in: folder, inputs(two, ["VTRACE_CONFIG": "policy.yml", "VTRACE_SARIF": "a b.sarif"]))
    #expect(good.status == 0, "\(good.errors)")
    #expect(try folder.read("a b.sarif").contains("\"2.1.0\""))
    #expect(try shell(script, in: folder, inputs(two, ["VTRACE_FAIL_ON": "never"])).status == 0)
    // A path that looks like an option, or like a command, is a path.
    let odd = try shell(script, in: folder, inputs("--help\n$(touch hacked)"))
    #expect(odd.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path("hacked")))
  }

  @Test func theActionBuildsWithPackagesThatExist() throws {
    let script = try step("Build vtrace")
    let packages = "libpcap-dev zlib1g-dev libzstd-dev libkdumpfile-dev libyaml-dev libncurses-dev"
    #expect(script.contains(packages))
    #expect(try text("scripts/try").contains(packages))
    for document in Self.documents { #expect(try text(document).contains(packages)) }
  }

  @Test func theSnippetRuns() throws {
    let folder = try place()
    let line = try #require(
      try blocks("README.md").joined().split(separator: "\n").first { $0.contains("vtrace check") })
    let run = try shell(String(line.drop { $0 == " " || $0 == "-" }), in: folder)
    #expect(run.status == 1, "\(run.errors)")
    #expect(try folder.read("gl-code-quality-report.json").contains("core.status.no-clear-bits"))
    #expect(
      try folder.read("vtrace.xml").contains("<testsuite name=\"recordings/bad one.qemu.log\""))
  }

  /// Every command of the page is run in order: status 1 for what is broken, 0 once it is accepted.
  @Test func documentedCommandsRun() throws {
    let folder = try place()
    let all = try commands("docs/check.md")
    #expect(all.count == 5)
    for command in all {
      let run = try shell(command, in: folder)
      #expect(run.status == (command.contains("--baseline") ? 0 : 1), "\(command): \(run.errors)")
    }
  }

  @Test func theDocumentedPolicyIsRead() throws {
    let policy = try #require(try blocks("docs/check.md").first { $0.contains("suppressions:") })
    let folder = try place()
    try folder.write(".vtrace.yml", policy)
    try folder.write("ci/known.json", #"{"schema": "vtrace-baseline/1", "findings": []}"#)
    let run = try folder.vtrace("check", "--format", "json", "recordings")
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains(#""baseline": "ci/known.json""#))
  }

  @Test func theDocumentedOutputIsPrinted() throws {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "recordings/good.qemu.log")
    try folder.copy(Recorded.broken, to: "recordings/bad.qemu.log")
    let page = try text("docs/check.md")
    let run = try folder.vtrace("check", "recordings/")
    let lines = run.output.split(separator: "\n")
    #expect(lines.last.map { page.contains("\n    \($0)\n") } == true)
    #expect(page.contains("\n    \(lines[1])\n"))
  }
}
