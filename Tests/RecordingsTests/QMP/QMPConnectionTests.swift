import Foundation
import Model
import Testing

@testable import Recordings

/// Conversations with servers of every kind.
@Suite struct QMPConnectionTests {
  static let greeting =
    #"{"QMP": {"version": {"qemu": {"micro": 1, "minor": 2, "major": 8}}, "capabilities": []}}"#
    + "\r\n"
  static let negotiated: [FakeServer.Step] = [
    .send(greeting), .line, .send("{\"return\": {}, \"id\": $ID}\r\n"),
  ]

  private func ask(_ steps: [FakeServer.Step], seconds: Double = 10) throws -> String {
    let scratch = try Scratch()
    let server = try FakeServer(steps, in: scratch)
    var connection = try QMPConnection.open(
      path: server.path, patience: .seconds(seconds), total: .seconds(seconds))
    let answer = try connection.execute("query-name", ["a": .text("\"\\\n")])
    switch answer {
    case .value(let value): return value.member("name")?.text ?? "nothing"
    case .refused(let kind, let text): return "\(kind): \(text)"
    }
  }

  @Test func eventsAndOtherAnswersArePassedOver() throws {
    let answer = try ask(
      Self.negotiated + [
        .line, .send(#"{"event": "STOP", "data": {"return": 1, "id": $ID}}{"event": "RESUME"}"#),
        .send(#"{"return": {"name": "old"}, "id": 77}"#), .send("{\n \"return\": {\"na"),
        .send("me\": \"} new\"},\n \"id\": $ID\n}\n"),
      ])
    #expect(answer == "} new")
  }

  @Test func aRefusalIsAnAnswer() throws {
    let answer = try ask(
      Self.negotiated + [
        .line, .send(#"{"error": {"class": "CommandNotFound", "desc": "none such"}, "id": $ID}"#),
      ])
    #expect(answer == "CommandNotFound: none such")
  }

  /// What a server does, and words of the message that is due.
  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String { words }
    var steps: [FakeServer.Step]
    var words: String

    init(_ words: String, _ steps: [FakeServer.Step]) { (self.words, self.steps) = (words, steps) }
  }

  static let hostile: [Hostile] = [
    Hostile("sends no QMP greeting", [.silence]),
    Hostile("closed the connection", []),
    Hostile("closed the connection in the middle of a message", [.send("{\"QMP\": {")]),
    Hostile("human monitor", [.send("QEMU 7.2.22 monitor - type 'help' for more\r\n(qemu) ")]),
    Hostile("is no QMP server; it says \"SSH-2.0\"", [.send("SSH-2.0\r\n"), .silence]),
    Hostile("is no QMP server", [.send("{\"hello\": 1}"), .silence]),
    Hostile("sends what is no JSON", [.send("{\"QMP\": tru}"), .silence]),
    Hostile("sends what is no JSON", [.send("{]"), .silence]),
    Hostile("lie too deep", [.send(String(repeating: "{\"a\":", count: 40)), .flood("}")]),
    Hostile(
      "more than 4 MiB", [.send("{\"a\": \""), .flood(String(repeating: "a", count: 1 << 20))]),
    Hostile("sends no QMP greeting", [.flood("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n")]),
    Hostile(
      "refuses to negotiate",
      [.send(greeting), .line, .send("{\"error\": {}, \"id\": $ID}"), .silence]),
    Hostile("does not answer qmp_capabilities", [.send(greeting), .silence]),
    Hostile("does not answer query-name", negotiated + [.flood("{\"event\": \"STOP\"}\n")]),
    Hostile("does not answer query-name", negotiated + [.flood("{\"return\": {}, \"id\": 5}")]),
    Hostile("closed the connection", negotiated + [.line, .send("{\"return\"")]),
  ]

  @Test(arguments: hostile) func hostileServersEndInAMessage(hostile: Hostile) throws {
    let start = ContinuousClock.now
    let error = #expect(throws: RecordingError.self) { try ask(hostile.steps, seconds: 2) }
    let text = try #require(error).description
    #expect(text.contains(hostile.words), "\(text)")
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func whatIsNoSocketIsSaid() throws {
    let scratch = try Scratch()
    let file = try scratch.file("file", [1])
    for path in [file, file + ".none", String(repeating: "x", count: 200)] {
      #expect(throws: RecordingError.self) { _ = try QMPConnection.open(path: path).version }
    }
  }

  @Test func messagesAreCutWhereverTheyArrive() throws {
    let text = Array(#" {"a": "}\"{", "b": [{}, "\\"]}\#r\#n{"c":{}}{} "#.utf8)
    for size in 1...text.count {
      var messages = QMPMessages()
      var found: [String] = []
      var rest = text[...]
      while !rest.isEmpty {
        messages.take(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
        while let message = try messages.next() {
          found.append(String(decoding: message, as: UTF8.self))
        }
      }
      #expect(found == [#"{"a": "}\"{", "b": [{}, "\\"]}"#, #"{"c":{}}"#, "{}"])
      #expect(!messages.isInside)
    }
  }
}
