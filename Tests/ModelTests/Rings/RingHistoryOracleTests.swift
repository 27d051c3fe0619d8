import Foundation
import Testing
import Wire

@testable import Model

/// The ring history of the channel I/O recordings, against the decoded ring events that their
/// recorder wrote beside them: every entry, index, flag and event index, in order.
@Suite struct RingHistoryOracleTests {
  static let names = Fixture.files(in: "ccw", endingIn: "-rings.jsonl").map { $0.dropLast(6) }

  /// What passed through one queue.
  struct Passage: Equatable {
    var available: [String] = []
    var used: [String] = []
    /// Each value that differs from the one before.
    var availableIndex: [Int] = []
    var usedIndex: [Int] = []
    var availableFlags: [Int] = []
    var usedFlags: [Int] = []
    var usedEvent: [Int] = []
    var availableEvent: [Int] = []

    mutating func note(_ path: WritableKeyPath<Passage, [Int]>, _ value: Int) {
      if self[keyPath: path].last != value { self[keyPath: path].append(value) }
    }
  }

  static func hex(_ value: Any?) -> UInt64 {
    if let number = value as? Int { return UInt64(number) }
    return UInt64((value as? String ?? "").dropFirst(2), radix: 16) ?? .max
  }

  /// A descriptor with those of its indirect table, as `r16@0x1000` words.
  static func buffers(_ descriptors: [[String: Any]]) -> [String] {
    descriptors.flatMap { descriptor -> [String] in
      if let table = descriptor["indirect"] as? [[String: Any]] { return buffers(table) }
      let side = hex(descriptor["flags"]) & 2 == 0 ? "r" : "w"
      return ["\(side)\(descriptor["len"] ?? "")@\(hex(descriptor["addr"]))"]
    }
  }

  /// What the recorder saw, by queue.
  static func told(_ name: Substring) throws -> [Int32: Passage] {
    var result: [Int32: Passage] = [:]
    for line in try Fixture.lines("\(name).jsonl") where !line.isEmpty {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let event = object, let kind = event["ev"] as? String,
        kind == "avail" || kind == "used", let queue = event["queue"] as? Int
      else { continue }
      var passage = result[Int32(queue)] ?? Passage()
      let entries = event["new"] as? [[String: Any]] ?? []
      let index = event["idx"] as? Int ?? -1
      if kind == "avail" {
        passage.note(\.availableIndex, index)
        passage.note(\.availableFlags, Int(hex(event["flags"])))
        passage.note(\.usedEvent, event["used_event"] as? Int ?? -1)
        for entry in entries {
          let chain = buffers(entry["desc"] as? [[String: Any]] ?? [])
          passage.available.append(
            "\(entry["slot"] ?? "") \(entry["head"] ?? ""): \(chain.joined(separator: " "))")
        }
      } else {
        passage.note(\.usedIndex, index)
        passage.note(\.usedFlags, Int(hex(event["flags"])))
        passage.note(\.availableEvent, event["avail_event"] as? Int ?? -1)
        for entry in entries {
          passage.used.append("\(entry["slot"] ?? "") \(entry["id"] ?? "") \(entry["len"] ?? "")")
        }
      }
      result[Int32(queue)] = passage
    }
    return result
  }

  /// What vtrace makes of the bytes.
  static func seen(_ name: Substring) throws -> (passages: [Int32: Passage], hasEvents: Bool) {
    final class Box: @unchecked Sendable { var passages: [Int32: Passage] = [:] }
    let box = Box()
    let recorded = try Recorded("\(name).pcapng") { step, device in
      guard step.isRingStep else { return }
      let value = Int(step.value)
      var passage = box.passages[step.queue] ?? Passage()
      switch step.kind {
      case .availableIndex: passage.note(\.availableIndex, value)
      case .usedIndex: passage.note(\.usedIndex, value)
      case .availableFlags: passage.note(\.availableFlags, value)
      case .usedFlags: passage.note(\.usedFlags, value)
      case .usedEvent: passage.note(\.usedEvent, value)
      case .availableEvent: passage.note(\.availableEvent, value)
      case .bufferAvailable:
        let chain = device.current.told.buffers.map {
          "\($0.isWritable ? "w" : "r")\($0.length)@\($0.address)"
        }
        passage.available.append("\(step.index) \(value): \(chain.joined(separator: " "))")
      case .bufferUsed:
        let ring = device.current.ring(step.queue)
        let slot = ring.map { UInt32($0.seenUsed) % $0.layout.size } ?? .max
        passage.used.append("\(slot) \(value) \(step.index)")
      case .requestMade, .requestAnswered: break
      default:
        // Nothing in these recordings is an alarm.
        passage.used.append("\(step.kind)")
      }
      box.passages[step.queue] = passage
    }
    let hasEvents = recorded.devices.contains { $0.current.accepted.contains(29) }
    return (box.passages, hasEvents)
  }

  @Test(arguments: names)
  func agreesWithEveryEvent(_ name: Substring) throws {
    let told = try Self.told(name)
    var (seen, hasEvents) = try Self.seen(name)
    #expect(!told.isEmpty && Set(told.keys) == Set(seen.keys))
    for (queue, passage) in told {
      var passage = passage
      var mine = try #require(seen[queue])
      if !hasEvents {
        // The words behind the rings mean nothing there, and are not followed.
        (passage.usedEvent, passage.availableEvent) = ([], [])
      }
      // The recorder looks when it is notified; the packets put the one entry that the device took
      // before that where it was taken, so that one step of the index became two.
      for index in mine.availableIndex where !passage.availableIndex.contains(index) {
        #expect(name.hasSuffix("linux-net-rev0-rings"))
        mine.availableIndex.removeAll { $0 == index }
      }
      #expect(mine == passage, "queue \(queue)")
      seen[queue] = nil
    }
    #expect(seen.isEmpty)
  }

  /// Nothing is lost: what was counted is what the recorder counted.
  @Test(arguments: names)
  func totalsAreThoseOfTheEvents(_ name: Substring) throws {
    let told = try Self.told(name)
    let recorded = try Recorded("\(name).pcapng")
    let session = try #require(recorded.devices.first).current
    for (queue, passage) in told {
      let totals = try #require(session.ring(queue)).totals
      #expect(totals.available == UInt64(passage.available.count))
      #expect(totals.used == UInt64(passage.used.count))
      #expect(Int(totals.inFlight) == passage.available.count - passage.used.count)
    }
  }
}
