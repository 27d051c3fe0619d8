import Foundation

/// What `trace-cmd report -t -R` says of a file: the oracle of the reader.
struct TraceCmdReport {
  /// One event, as printed.
  struct Event: Equatable {
    /// Which trace instance, empty for the top one.
    var buffer: String
    var thread: Int
    var cpu: Int
    var time: Int64
    var name: String
    var fields: [String: UInt64]
  }

  /// A loss of events, told before the event with this number.
  struct Loss: Equatable {
    var record: Int
    var buffer: String
    var cpu: Int
    /// 0 when trace-cmd does not know.
    var count: UInt64
  }

  var events: [Event] = []
  var losses: [Loss] = []

  init(path: String, arguments: [String] = []) throws {
    let output = try run("trace-cmd", ["report", "-t", "-R", "-N"] + arguments + ["-i", path])
    for line in output.split(separator: UInt8(ascii: "\n")) {
      if let event = Self.event(line) {
        events.append(event)
      } else if let loss = Self.loss(line, record: events.count + 1) {
        losses.append(loss)
      }
    }
  }

  /// ` qemu-system-x86-5406  [000]  6333.780584166: kvm_pio:  rw=1 port=0x70 …`
  static func event(_ line: ArraySlice<UInt8>) -> Event? {
    // A command may hold brackets: the CPU's are followed by a time.
    var from = line.startIndex
    while let open = line[from...].firstIndex(of: UInt8(ascii: "[")) {
      from = open + 1
      guard let close = line[from...].firstIndex(of: UInt8(ascii: "]")), close - open < 8,
        let cpu = Int(text(line[from..<close])),
        let colon = line[close...].firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      let clock = text(line[(close + 1)..<colon]).split(separator: " ").last ?? ""
      let parts = clock.split(separator: ".")
      let head = text(line[..<open]).split(separator: "-").last ?? ""
      guard parts.count == 2, let seconds = Int64(parts[0]), let nanoseconds = Int64(parts[1]),
        let thread = Int(head.filter { $0 != " " })
      else { continue }
      let rest = line[(colon + 1)...]
      let nameEnd = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
      return Event(
        buffer: buffer(line), thread: thread, cpu: cpu, time: seconds * 1_000_000_000 + nanoseconds,
        name: text(rest[..<nameEnd]).filter { $0 != " " }, fields: fields(rest[nameEnd...]))
    }
    return nil
  }

  /// `   guest:  qemu-1 [000] …`: where there are several, each line begins with its own.
  private static func buffer(_ line: ArraySlice<UInt8>) -> String {
    let first = text(line).split(separator: " ").first ?? ""
    return first.hasSuffix(":") ? String(first.dropLast()) : ""
  }

  private static func fields(_ bytes: ArraySlice<UInt8>) -> [String: UInt64] {
    var found: [String: UInt64] = [:]
    for word in text(bytes).split(separator: " ") {
      let pair = word.split(separator: "=")
      guard pair.count == 2 else { continue }
      let value: UInt64? =
        if pair[1].hasPrefix("0x") {
          UInt64(pair[1].dropFirst(2), radix: 16)
        } else if pair[1].hasPrefix("-") {
          Int64(pair[1]).map { UInt64(bitPattern: $0) }
        } else {
          UInt64(pair[1])
        }
      found[String(pair[0])] = value
    }
    return found
  }

  /// `CPU:0 [EVENTS DROPPED]` or `CPU:0 [12 EVENTS DROPPED]`, perhaps behind a buffer's name.
  private static func loss(_ line: ArraySlice<UInt8>, record: Int) -> Loss? {
    let words = text(line).split { " :[]".contains($0) }
    guard words.suffix(2) == ["EVENTS", "DROPPED"], let place = words.lastIndex(of: "CPU"),
      place + 1 < words.count, let cpu = Int(words[place + 1])
    else { return nil }
    let count = words.count - place == 5 ? UInt64(words[place + 2]) ?? 0 : 0
    return Loss(record: record, buffer: buffer(line), cpu: cpu, count: count)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
