internal import Model

/// A conversation with the monitor of a running QEMU, in its machine protocol.
///
/// Whatever the other end sends, or does not send, a conversation ends: each answer must come within
/// `patience`, all of them within `total`, and none may be larger than `QMPMessages.sizeLimit`.
///
/// Source: QEMU, docs/interop/qmp-spec.
struct QMPConnection: ~Copyable {
  let path: String
  private let socket: LocalSocket
  private var messages = QMPMessages()
  private let patience: Duration
  private let end: ContinuousClock.Instant
  private var count: UInt64 = 0
  /// The version that the greeting told, such as `7.2.22`.
  private(set) var version = "of unknown version"

  /// What came back for a command.
  enum Answer {
    case value(JSONValue)
    /// The command was refused: the class of the error, and what QEMU says.
    case refused(kind: String, text: String)

    /// The value; nil when the command was refused.
    var value: JSONValue? {
      guard case .value(let value) = self else { return nil }
      return value
    }
  }

  /// An argument of a command.
  enum Argument {
    case text(String)
    case number(UInt64)
  }

  /// Connects and negotiates.
  static func open(
    path: String, patience: Duration = .seconds(5), total: Duration = .seconds(30)
  ) throws(RecordingError) -> QMPConnection {
    var connection = QMPConnection(
      path: path, socket: try LocalSocket(path: path), patience: patience, total: total)
    try connection.greet()
    guard case .value = try connection.execute("qmp_capabilities") else {
      throw connection.problem("refuses to negotiate, so that it is no QMP server of a machine")
    }
    return connection
  }

  private init(path: String, socket: consuming LocalSocket, patience: Duration, total: Duration) {
    (self.path, self.patience) = (path, patience)
    self.socket = socket
    end = .now + total
  }

  /// Who listened at the socket.
  var peer: LocalSocket.Peer? { socket.peer }

  func problem(_ text: String) -> RecordingError { RecordingError(.unsupported(text), path: path) }

  private mutating func greet() throws(RecordingError) {
    let greeting = try message(
      silence:
        "sends no QMP greeting; it is no QMP server, or serves another client, as QEMU talks "
        + "to one at a time: close that one, or give QEMU a second -qmp unix:PATH,server=on,wait=off"
    )
    guard let told = greeting.member("QMP") else { throw problem("is no QMP server") }
    let parts = ["major", "minor", "micro"].map { part in
      told.member("version")?.member("qemu")?.member(part)?.integer
    }
    let known = parts.compactMap(\.self)
    if known.count == parts.count { version = known.map { "\($0)" }.joined(separator: ".") }
  }

  /// Has a command executed, and passes over the events that come meanwhile.
  mutating func execute(
    _ command: String, _ arguments: KeyValuePairs<String, Argument> = [:]
  ) throws(RecordingError) -> Answer {
    count &+= 1
    var text = "{\"execute\":\"\(command)\",\"id\":\(count)"
    if !arguments.isEmpty {
      text += ",\"arguments\":{"
      text += arguments.map { "\"\($0.key)\":\(Self.written($0.value))" }.joined(separator: ",")
      text += "}"
    }
    let limit = min(end, .now + patience)
    guard try socket.send(Array((text + "}\n").utf8), until: limit) else {
      throw problem("does not take the command \(command)")
    }
    while true {
      let answer = try message(silence: "does not answer \(command)", until: limit)
      guard answer.member("event") == nil, answer.member("id")?.integer == count else { continue }
      if let error = answer.member("error") {
        return .refused(
          kind: error.member("class")?.text ?? "", text: error.member("desc")?.text ?? "no reason")
      }
      return .value(answer.member("return") ?? answer)
    }
  }

  /// What the human monitor prints for a command line.
  mutating func monitor(_ line: String) throws(RecordingError) -> String {
    let answer = try execute("human-monitor-command", ["command-line": .text(line)])
    switch answer {
    case .value(let value): return value.text ?? ""
    case .refused(_, let text): throw problem("QEMU refuses \"\(line)\": \(text)")
    }
  }

  /// A property of an object; nil where there is none.
  mutating func property(
    _ name: String, of object: String
  ) throws(RecordingError) -> JSONValue? {
    try execute("qom-get", ["path": .text(object), "property": .text(name)]).value
  }

  private mutating func message(silence: String) throws(RecordingError) -> JSONValue {
    try message(silence: silence, until: min(end, .now + patience))
  }

  /// The next message; `silence` says what is wrong when none comes.
  private mutating func message(
    silence: String, until limit: ContinuousClock.Instant
  ) throws(RecordingError) -> JSONValue {
    while true {
      if let bytes = try next() {
        do throws(JSONProblem) {
          return try JSONReader.read(bytes)
        } catch {
          throw problem("sends what is no JSON: \(error)")
        }
      }
      // Also when bytes come without end.
      guard .now < limit, let bytes = try socket.receive(until: limit) else {
        throw problem("\(silence) (waited \(patience.components.seconds) seconds)")
      }
      guard !bytes.isEmpty else {
        throw problem(
          "closed the connection" + (messages.isInside ? " in the middle of a message" : ""))
      }
      messages.take(bytes)
    }
  }

  private mutating func next() throws(RecordingError) -> [UInt8]? {
    do throws(QMPMessages.Problem) {
      return try messages.next()
    } catch {
      switch error {
      case .tooLarge:
        throw problem("sends a message of more than \(QMPMessages.sizeLimit >> 20) MiB")
      case .notAnObject(let head):
        let text = String(decoding: head.filter { 0x20..<0x7f ~= $0 }, as: UTF8.self)
        let hint = text.hasPrefix("QEMU ") ? ", but the human monitor: give QEMU -qmp" : ""
        throw problem("is no QMP server\(hint); it says \"\(text)\"")
      }
    }
  }

  /// An argument as JSON.
  private static func written(_ argument: Argument) -> String {
    switch argument {
    case .number(let number): return "\(number)"
    case .text(let text):
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": result += "\\\(scalar)"
        case _ where scalar.value < 0x20:
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }
  }
}
