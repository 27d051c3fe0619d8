import Foundation
import Testing

/// The formats of `check`, each against the schema that somebody else published for it.
@Suite struct CheckFormatTests {
  /// Everything that a format can have to say: clean, broken, several at once, unreadable, binary,
  /// suppressed, in the baseline, a policy that is wrong, and a name that no format likes.
  private func report(_ format: String) throws -> (text: String, folder: Folder) {
    let folder = try Folder()
    try folder.copy(Recorded.clean, to: "clean.log")
    try folder.copy(Recorded.broken, to: "a,b:c%20\u{e9} <x>\n::error::&\"'|`.log")
    try folder.copy(Recorded.broken, to: "binary/known.log")
    try folder.copy(Recorded.binary, to: "binary/blk.pcapng")
    try folder.copy("fixtures/x86/multi-rebind.qemu.log.zst", to: "multi.log.zst")
    try folder.copy(Recorded.noted, to: "noted.log")
    try folder.write("binary/bad.pcapng", "x")
    let known = try folder.vtrace(
      "check", "--no-config", "--baseline", "known.json", "--write-baseline", "noted.log")
    #expect(known.status == 0)
    try folder.write(
      ".vtrace.yml",
      """
      drivers: {known: {recordings: binary/known.log}}
      suppressions:
        - {rule: core.status, driver: known, reason: "looked at <it> & \\"liked\\" it"}
        - {rule: rfc, reason: never seen}
      """)
    let run = try folder.vtrace("check", "--baseline", "known.json", "--format", format, ".")
    #expect(run.status == 2)
    return (run.output, folder)
  }

  private func validate(_ text: String, _ schema: String, _ validator: String) throws {
    let folder = try Folder()
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      validator = getattr(jsonschema, sys.argv[3])
      validator.check_schema(schema)
      validator(schema, format_checker=validator.FORMAT_CHECKER).validate(json.load(open(sys.argv[2])))
      """
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/python3"),
      ["-c", script, schema, try folder.write("report.json", text), validator])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func sarifIsValid() throws {
    try validate(try report("sarif").text, ".build/schemas/sarif-2.1.0.json", "Draft4Validator")
  }

  @Test func sarifSaysWhereAndWhy() throws {
    let log = try object(try report("sarif").text)
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    let places = try #require(run["logicalLocations"] as? [[String: Any]])
    let artifacts = try #require(run["artifacts"] as? [[String: Any]])
    var kinds: Set<String> = []
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let physical = try #require(location["physicalLocation"] as? [String: Any])
      let artifact = try #require(physical["artifactLocation"] as? [String: Any])
      let known = artifacts[try #require(artifact["index"] as? Int)]["location"] as? [String: Any]
      #expect(known?["uri"] as? String == artifact["uri"] as? String)
      let region = try #require(physical["region"] as? [String: Any])
      kinds.formUnion(region.keys)
      let isBinary = (artifact["uri"] as? String)?.hasSuffix("pcapng") == true
      #expect((region["byteOffset"] != nil) == isBinary)
      for logical in location["logicalLocations"] as? [[String: Any]] ?? [] {
        let place = places[try #require(logical["index"] as? Int)]
        #expect(place["fullyQualifiedName"] as? String == logical["fullyQualifiedName"] as? String)
      }
    }
    #expect(kinds == ["startLine", "byteOffset"])
    #expect(Set(places.compactMap { $0["kind"] as? String }) == ["device", "session", "queue"])
    for rule in rules {
      let help = rule["help"] as? [String: Any]
      #expect((help?["text"] as? String)?.isEmpty == false)
      let isOwn = (rule["id"] as? String)?.hasPrefix("policy.") == true
      #expect((help?["markdown"] as? String)?.hasPrefix("# ") == (isOwn ? nil : true))
    }
    let suppressed = results.compactMap { $0["suppressions"] as? [[String: Any]] }.flatMap { $0 }
    #expect(
      suppressed.compactMap { $0["justification"] as? String } == ["looked at <it> & \"liked\" it"])
    let states = Set(results.compactMap { $0["baselineState"] as? String })
    #expect(states == ["new", "unchanged"])
    let invocation = (run["invocations"] as? [[String: Any]])?.first
    #expect(invocation?["executionSuccessful"] as? Bool == false)
    #expect((invocation?["toolExecutionNotifications"] as? [Any])?.count == 1)
  }

  /// The same finding in a recording that was made again has the same fingerprint, in other lines.
  @Test func sarifFingerprintsAreStable() throws {
    let names = [
      "kvm-seabios-blk-modern.trace.dat", "kvm-seabios-blk-modern.v6.trace.dat",
      "kvm-seabios-blk-modern.qemu.log", "seabios-blk-modern.qemu.log",
    ]
    let prints = try names.map { name in
      let run = try Command.vtrace("check", "--format", "sarif", "fixtures/x86/\(name)")
      let results = (try object(run.output)["runs"] as? [[String: Any]])?.first?["results"]
      return (results as? [[String: Any]] ?? []).map { result in
        let prints = result["partialFingerprints"] as? [String: String] ?? [:]
        return prints.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined()
      }
    }
    #expect(prints[0].count == 1 && Set(prints).count == 1)
  }

  @Test func junitIsValid() throws {
    let (text, folder) = try report("junit")
    let verdict = try Command.run(
      URL(filePath: "/usr/bin/xmllint"),
      ["--noout", "--schema", ".build/schemas/junit-10.xsd", try folder.write("report.xml", text)])
    #expect(verdict.status == 0, "\(verdict.errors)")
  }

  /// A file is a suite, a rule and a device a case, and what could not be decided is skipped.
  @Test func junitCountsWhatItHolds() throws {
    let (text, folder) = try report("junit")
    let script = """
      import sys, xml.etree.ElementTree as tree
      for suite in tree.parse(sys.argv[1]).getroot():
          cases = suite.findall("testcase")
          for attribute, name in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
              found = [c for c in cases if c.find(name) is not None]
              assert int(suite.get(attribute)) == len(found), (suite.get("name"), attribute)
          assert int(suite.get("tests")) == len(cases)
          assert len({(c.get("classname"), c.get("name")) for c in cases}) == len(cases)
          print(repr(suite.get("name")), suite.get("failures"), suite.get("errors"))
          for case in cases:
              for skipped in case.findall("skipped"): print(case.get("name"), skipped.get("message"))
      """
    let run = try Command.run(
      URL(filePath: "/usr/bin/python3"), ["-c", script, try folder.write("report.xml", text)])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(#"'a,b:c%20é <x>\n::error::&"\'|`.log' 1 0"#))
    #expect(run.output.contains("'binary/bad.pcapng' 0 1\n"))
    #expect(run.output.contains("'clean.log' 0 0\n"))
    #expect(run.output.contains("undecidable: topology not recorded\n"))
    #expect(
      run.output.contains(
        "core.status.no-clear-bits suppressed: looked at <it> & \"liked\" it\n"))
    #expect(run.output.contains("pci.queue.size-not-above-max in the baseline: driver"))
  }

  @Test func jsonIsValid() throws {
    let text = try report("json").text
    try validate(text, "docs/schema/vtrace-check-1.schema.json", "Draft202012Validator")
    let summary = try object(text)["summary"] as? [String: Any]
    #expect(summary?["status"] as? Int == 2 && summary?["unreadable"] as? Int == 1)
    #expect(summary?["suppressed"] as? Int == 1 && summary?["accepted"] as? Int == 1)
  }

  @Test func jsonLinesAreObjectsWithAType() throws {
    let types = try report("jsonl").text.split(separator: "\n").map { line in
      try #require(try object(String(line))["type"] as? String)
    }
    #expect(Set(types) == ["file", "finding", "policyFinding", "summary"])
    #expect(types.last == "summary")
  }

  /// The keys, types and words that GitLab's documentation of code quality reports demands.
  @Test func gitlabIsWhatItReads() throws {
    let text = try report("gitlab").text
    let issues = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(issues.count > 3)
    for issue in issues {
      #expect((issue["description"] as? String)?.isEmpty == false)
      #expect((issue["check_name"] as? String)?.isEmpty == false)
      let words = ["info", "minor", "major", "critical", "blocker"]
      #expect(words.contains(issue["severity"] as? String ?? ""))
      let location = issue["location"] as? [String: Any]
      // GitHub and GitLab compare paths with those of the repository, which begin with no dot.
      #expect((location?["path"] as? String)?.hasPrefix("./") == false)
      #expect(((location?["lines"] as? [String: Any])?["begin"] as? Int ?? 0) >= 1)
    }
    let prints = issues.compactMap { $0["fingerprint"] as? String }
    #expect(prints.count == issues.count && Set(prints).count == issues.count)
  }

  /// As many annotations as GitHub shows of a step, and a word about the others.
  @Test func githubIsCapped() throws {
    let folder = try Folder()
    let summary = folder.path("summary.md")
    let run = try Command.run(
      Command.vtrace, ["check", "--format", "github", "fixtures/x86/qtest"],
      variables: ["GITHUB_STEP_SUMMARY": summary])
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n")
    let errors = lines.filter { $0.hasPrefix("::error ") }
    #expect(errors.count == 10)
    #expect(errors.last?.hasSuffix(" more errors; the job's summary lists them") == true)
    #expect(lines.count { $0.hasPrefix("::warning ") } <= 10)
    #expect(lines.count { $0.hasPrefix("::notice ") } <= 10)
    #expect(lines.last?.hasPrefix("vtrace: ") == true && lines.last?.contains(" errors") == true)
    let page = try folder.read("summary.md")
    #expect(page.hasPrefix("## vtrace check\n"))
    let found = try Command.vtrace("check", "--format", "json", "fixtures/x86/qtest")
    let counts = try object(found.output)["summary"] as? [String: Any]
    #expect(page.components(separatedBy: "\n| error |").count - 1 == counts?["error"] as? Int)
    let first = "| error | `core.status.no-clear-bits` |"
    #expect(page.contains(first))
  }

  @Test func theSummaryIsAddedToWhatIsThere() throws {
    let folder = try Folder()
    let path = try folder.write("summary.md", "before\n")
    let variables = ["GITHUB_STEP_SUMMARY": path]
    _ = try Command.run(
      Command.vtrace, ["check", "--output", "github=\(folder.path("a"))", Recorded.clean],
      variables: variables)
    #expect(try folder.read("summary.md").hasPrefix("before\n## vtrace check\n\n1 file: 1 clean\n"))
    _ = try Command.run(Command.vtrace, ["check", Recorded.clean], variables: variables)
    #expect(try folder.read("summary.md").components(separatedBy: "##").count == 2)
  }

  /// A file's name is input: it cannot give a command, nor break the table.
  @Test func namesCannotGiveCommands() throws {
    let text = try report("github").text
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(
      commands.contains {
        $0.hasPrefix(
          "::error file=a%2Cb%3Ac%2520é <x>%0A%3A%3Aerror%3A%3A&\"'|`.log,line=203,"
            + "title=core.status.no-clear-bits::driver writes status 0x03")
      })
    for command in commands {
      #expect(["error", "warning", "notice"].contains { command.hasPrefix("::\($0) ") })
    }
    // In text a name stays on its line.
    let lines = try report("text").text.split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("::") })
  }

  @Test func oneRunWritesEveryFormat() throws {
    let folder = try Folder()
    try folder.copy(Recorded.broken, to: "a.log")
    let formats = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab"]
    let run = try Command.run(
      Command.vtrace,
      ["check", "a.log"] + formats.flatMap { ["--output", "\($0)=out.\($0)"] }, in: folder.url)
    #expect(run.status == 1 && run.output.hasPrefix("a.log: 1 error"))
    for format in formats {
      let alone = try folder.vtrace("check", "--format", format, "a.log")
      #expect(try folder.read("out.\(format)") == alone.output)
    }
  }
}
