import Testing

@testable import YAML

/// Values with their places, and nothing unbounded.
@Suite struct YAMLReaderTests {
  private func read(_ text: String) throws -> YAMLNode? { try YAMLReader.read(Array(text.utf8)) }

  private func problem(_ text: String) -> String? {
    do throws(YAMLProblem) {
      _ = try YAMLReader.read(Array(text.utf8))
      return nil
    } catch {
      return error.description
    }
  }

  /// The values alone, in a form that is easy to compare.
  private func shape(_ node: YAMLNode?) -> String {
    switch node?.content {
    case nil: "-"
    case .scalar(let text, let isPlain): isPlain ? text : "'\(text)'"
    case .sequence(let items): "[" + items.map(shape).joined(separator: " ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key):\(shape($0.value))" }.joined(separator: " ") + "}"
    }
  }

  @Test func valuesAndPlaces() throws {
    let root = try #require(try read("# comment\na: [1, 'x y']\nb:\n  c: |\n    text\n"))
    #expect(shape(root) == "{a:[1 'x y'] b:{c:'text\n'}}")
    guard case .mapping(let entries) = root.content else { return }
    #expect(entries[0].keyMark == YAMLMark(line: 2, column: 1))
    #expect(entries[0].value.mark == YAMLMark(line: 2, column: 4))
    #expect(entries[1].value.mark == YAMLMark(line: 4, column: 3))
  }

  @Test func nothingIsNil() throws {
    #expect(try read("") == nil)
    #expect(try read("# only a comment\n") == nil)
    #expect(try read("a:\n").map(shape) == "{a:}")
  }

  @Test func anAliasRepeats() throws {
    #expect(shape(try read("a: &x [1, 2]\nb: *x\n")) == "{a:[1 2] b:[1 2]}")
    #expect(problem("a: *x\n") == "1:4: nothing before this is named '&x'")
  }

  /// Ten lists of ten lists of ten lists …: a thousand million values in 300 bytes.
  @Test func aliasesThatUnfoldAreCounted() throws {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(
      problem(text)?.hasSuffix("more than 10000 values, with those that aliases repeat") == true)
  }

  @Test func anAliasToItself() throws {
    #expect(problem("a: &a [*a]\n") == "1:8: nothing before this is named '&a'")
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", "2:1: 'a' stands in line 1 already"),
    ("a: !!int 1\n", "1:4: a tag (!) has no meaning here"),
    ("a: 1\n---\nb: 2\n", "2:1: a second document begins here; only one is read"),
    ("[1]: 2\n", "1:1: a key is a word, not a list"),
    ("a: [1, 2\nb: 3\n", "2:2: not YAML: did not find expected ',' or ']'"),
    ("a: \"x\n", "2:1: not YAML: found unexpected end of stream"),
    ("a:\n\t- b\n", "2:1: not YAML: found character that cannot start any token"),
    ("a: b: c\n", "1:5: not YAML: mapping values are not allowed in this context"),
  ])
  func mistakesHavePlaces(text: String, expected: String) { #expect(problem(text) == expected) }

  @Test func whatIsNoTextHasAPlace() throws {
    let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xff, 0xfe, 0x00]
    #expect(
      throws: YAMLProblem("not YAML: invalid leading utf-8 octet", at: YAMLMark(line: 2, column: 4))
    ) { try YAMLReader.read(bytes) }
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func depthIsBounded(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(problem(text)?.contains("too deep") == true)
  }

  /// Every beginning of a text, and every byte changed, ends in a value or a problem.
  @Test func damageEndsInAProblem() {
    let text = Array("a: &x [1, 'x']\nb: {c: *x, d: \"\\u00e9\"}\ne:\n  - |\n    f\n".utf8)
    var answers = 0
    for length in 0...text.count { answers += isAnswered(Array(text.prefix(length))) ? 1 : 0 }
    for place in text.indices {
      for byte in [0x00, 0x0a, 0x26, 0x2a, 0x5b, 0x7b, 0x7f, 0xff] as [UInt8] {
        var changed = text
        changed[place] = byte
        answers += isAnswered(changed) ? 1 : 0
      }
    }
    // Some are still YAML, most are not.
    #expect(answers > 10 && answers < text.count * 9)
  }

  private func isAnswered(_ bytes: [UInt8]) -> Bool {
    do throws(YAMLProblem) {
      _ = try YAMLReader.read(bytes)
      return true
    } catch {
      return false
    }
  }
}
