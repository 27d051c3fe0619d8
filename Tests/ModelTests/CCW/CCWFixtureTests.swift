import Foundation
import Model
import Testing
import VirtioSpec

/// Each recording in the encapsulation, held against the JSON lines of the same run, event for
/// event: those were taken inside QEMU, and the packets were made from them by another program.
@Suite struct CCWFixtureTests {
  static let names = [
    "bios-blk-no-boot", "bios-net-tftp-small-rings", "bios-net-tftp-small", "linux-balloon-rev2",
    "linux-blk-rev0", "linux-blk-rev1", "linux-blk-rev2-classic-irq", "linux-blk-rev2-rings",
    "linux-blk-rev2-rmmod", "linux-blk-rev2", "linux-net-rev0-rings", "linux-net-rev0",
    "linux-net-rev2", "linux-rng-rev2",
  ]

  typealias Event = [String: Any]

  static func events(_ name: String) throws -> [Event] {
    try Fixture.lines("ccw/\(name).jsonl").filter { !$0.isEmpty }.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Event)
    }
  }

  static func bytes(_ text: String) -> [UInt64] {
    stride(from: 0, to: text.count, by: 2).map { place in
      let start = text.index(text.startIndex, offsetBy: place)
      return UInt64(text[start..<text.index(start, offsetBy: 2)], radix: 16) ?? 0
    }
  }

  static func big(_ bytes: [UInt64], _ range: Range<Int>) -> UInt64 {
    bytes[range].reduce(0) { $0 << 8 | $1 }
  }

  static func hex(_ value: UInt64, _ digits: Int = 1) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// What a recorded command means, in the words of transactions; nil for device configuration.
  static func texts(of event: Event, _ isLegacy: Bool) -> [String]? {
    let data = bytes(event["data"] as? String ?? "")
    let end = event["dstat"] as? String == "0x0c" ? "" : " rejected"
    let word = isLegacy ? "legacy " : ""
    let texts: [String]
    switch event["name"] as? String {
    case "NOP": return ["ccw 0x03"]
    case "SENSE_ID": return ["R device_id " + hex(data[3])]
    case "SET_VIRTIO_REV":
      let isRevision0 = end.isEmpty && data[1] == 0
      return [(isRevision0 ? "legacy " : "") + "W revision \(big(data, 0..<2))" + end]
    case "VDEV_RESET": texts = ["reset"]
    case "READ_STATUS": texts = ["R status " + hex(data[0], 2)]
    case "WRITE_STATUS": texts = ["W status " + hex(data[0], 2)]
    case "READ_FEAT", "WRITE_FEAT":
      let bits = hex(big(data.reversed(), 1..<5), 8)
      texts =
        event["name"] as? String == "READ_FEAT"
        ? ["R device_feature[\(data[4])] \(bits)"] : ["W driver_feature[\(data[4])] \(bits)"]
    case "READ_VQ_CONF":
      texts = ["R queue[\(big(data, 0..<2))].max_size \(big(data, 2..<4))"]
    case "SET_IND": texts = ["W indicators " + hex(big(data, 0..<8))]
    case "SET_CONF_IND": texts = ["W config_indicators " + hex(big(data, 0..<8))]
    case "SET_IND_ADAPTER": texts = ["W adapter_indicators " + hex(big(data, 8..<16))]
    case "SET_VQ":
      let queue = "W queue[\(big(data, 12..<14))]."
      let descriptors = big(data, 0..<8)
      guard descriptors != 0 else {
        texts = [queue + "enable 0"]
        break
      }
      let size = queue + "size \(big(data, 14..<16))"
      let rest =
        isLegacy
        ? [queue + "align " + hex(big(data, 8..<12)), queue + "desc " + hex(descriptors)]
        : [
          queue + "desc " + hex(descriptors), queue + "driver " + hex(big(data, 16..<24)),
          queue + "device " + hex(big(data, 24..<32)),
        ]
      texts = [size] + rest + [queue + "enable 1"]
    default: return nil
    }
    return texts.map { word + $0 + end }
  }

  /// Everything of the driver but device configuration, in order.
  static func expected(_ events: [Event]) -> [String] {
    var result: [String] = []
    var isLegacy = true
    var isEnabled: Bool?
    for event in events {
      switch event["ev"] as? String {
      case "msch":
        let now = event["enabled"] as? Bool ?? false
        if now != isEnabled { result.append("subchannel " + (now ? "enabled" : "disabled")) }
        if now != isEnabled { isLegacy = true }
        isEnabled = now
      case "ccw":
        if event["name"] as? String == "SET_VIRTIO_REV", event["dstat"] as? String == "0x0c" {
          isLegacy = (event["data"] as? String ?? "").hasPrefix("0000")
        }
        result += texts(of: event, isLegacy) ?? []
      case "diag500" where event["code"] as? Int == 3:
        let queue = event["queue"] as? Int ?? -1
        result.append(
          (isLegacy ? "legacy " : "") + "kick queue[\(queue)] " + hex(UInt64(queue), 4))
      default: break
      }
    }
    return result
  }

  @Test(arguments: names) func `commands and notifications`(name: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    #expect(collector.machine.devices.count == 1)
    let found = collector.transactions.map(\.step)
      .filter { ![.readConfig, .writeConfig].contains($0.kind) && !Self.notifies($0) }
      .map(\.text)
    let expected = Self.expected(try Self.events(name))
    #expect(found.count == expected.count)
    for (place, pair) in zip(found, expected).enumerated() where pair.0 != pair.1 {
      Issue.record("\(place): \(pair.0) is not \(pair.1)")
      break
    }
  }

  @Test(arguments: names) func `indicators name their queue`(name: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let found = collector.transactions.map(\.step).filter { $0.kind == .interrupt }.map(\.text)
    let expected = try Self.events(name).compactMap { event -> String? in
      guard event["ev"] as? String == "indicate",
        let after = event["after"] as? [String: Any], !after.isEmpty
      else { return nil }
      if event["kind"] as? String == "config" { return "irq config" }
      guard after["ind"] != nil || after["adapter_ind"] != nil else { return nil }
      return "irq queue[\(event["queue"] as? Int ?? -1)]"
    }
    #expect(found == expected)
  }

  /// Whether a step is of the way from the device to its driver.
  static func notifies(_ step: Transaction) -> Bool {
    [.interrupt, .ccwInterrupt, .indicator].contains(step.kind)
  }

  @Test(arguments: names) func `interrupts that became pending`(name: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let found = collector.transactions.map(\.step).filter { $0.kind == .ccwInterrupt }
      .map(\.text)
    let expected = try Self.events(name).compactMap { event -> String? in
      if event["ev"] as? String == "adapter_interrupt" { return "ccw_irq adapter" }
      guard event["ev"] as? String == "classic_interrupt" else { return nil }
      let words = event["indicators"] as? [String: [String: Any]] ?? [:]
      let bits = ["ind", "conf_ind"].map {
        UInt64(words[$0]?["bytes"] as? String ?? "0", radix: 16) ?? 0
      }
      let texts = bits.map { "0x" + String($0, radix: 16) }
      return "ccw_irq classic \(texts[0]) config=\(texts[1])"
    }
    #expect(found == expected)
  }

  /// The summary byte is set with every indicator of adapter interrupts.
  @Test(arguments: names) func `summary indicators`(name: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let found = collector.transactions.map(\.step).filter { $0.kind == .indicator }.map(\.text)
    let expected = try Self.events(name).compactMap { event -> String? in
      guard event["ev"] as? String == "indicate", event["kind"] as? String == "queue",
        let after = event["after"] as? [String: [String: Any]],
        let byte = after["summary_ind"]?["byte"] as? String
      else { return nil }
      return "indicator summary 0x\(byte)"
    }
    #expect(found == expected)
  }

  /// The driver wants the end of what a configuration command transfers.
  @Test(arguments: names) func `device configuration`(name: String) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let isLittle = name.contains("rev1") || name.contains("rev2")
    let commands = try Self.events(name).filter {
      $0["ev"] as? String == "ccw" && ($0["name"] as? String ?? "").hasSuffix("_CONF")
        && $0["name"] as? String != "READ_VQ_CONF"
    }
    var groups: [[Transaction]] = []
    for step in collector.transactions.map(\.step)
    where step.kind == .readConfig || step.kind == .writeConfig {
      if groups.last?.last?.reference == step.reference {
        groups[groups.count - 1].append(step)
      } else {
        groups.append([step])
      }
    }
    #expect(groups.count == commands.count)
    for (group, command) in zip(groups, commands) {
      let data = Self.bytes(command["data"] as? String ?? "")
      let tail = try #require(group.last)
      #expect(Int(tail.index) + Int(tail.width) == data.count)
      for step in group {
        let part = data[Int(step.index)..<Int(step.index) + Int(step.width)]
        #expect(step.value == (isLittle ? part.reversed() : Array(part)).reduce(0) { $0 << 8 | $1 })
        #expect((step.kind == .writeConfig) == (command["name"] as? String == "WRITE_CONF"))
      }
    }
  }

  @Test func `a driver that sets no revision is legacy`() throws {
    let collector = try Fixture.collect("ccw/bios-blk-no-boot.pcapng")
    let device = collector.machine.devices[0]
    #expect(device.id == "fe.0.0001")
    #expect(device.profile.type == .blk)
    #expect(device.current.interface == .legacy)
    #expect(device.current.revision == -1)
  }

  @Test(arguments: [("linux-blk-rev0", 0), ("linux-blk-rev1", 1), ("linux-blk-rev2", 2)])
  func `the revision that was accepted decides`(name: String, revision: Int32) throws {
    let collector = try Fixture.collect("ccw/\(name).pcapng")
    let device = collector.machine.devices[0]
    let session = try #require(device.sessions.first { $0.marks.driverOK.isSet })
    #expect(session.interface == (revision == 0 ? .legacy : .modern))
    let accepted = try #require(
      collector.transactions.map(\.step).last { $0.kind == .setRevision && $0.isAccepted })
    #expect(accepted.value == UInt64(revision))
    #expect(session.interfaceEvidence == accepted.reference)
    #expect(!session.otherInterface.isSet)
  }

  @Test(arguments: names) func `the log of the same run has the same commands`(name: String) throws
  {
    let log = try Fixture.collectLog("ccw/\(name).log")
    let packets = try Fixture.collect("ccw/\(name).pcapng")
    #expect(log.machine.devices.all.map(\.id) == packets.machine.devices.all.map(\.id))
    // A command without its data is one transaction, whatever it says.
    var commands = 0
    var last: RecordReference = .none
    for step in packets.transactions.map(\.step)
    where ![
      .kick, .otherCommand, .readDeviceID, .subchannelEnabled, .subchannelDisabled,
    ].contains(step.kind) && !Self.notifies(step) {
      if step.reference != last { commands += 1 }
      last = step.reference
    }
    let told = log.transactions.map(\.step).filter {
      $0.kind != .kick && !Self.notifies($0) && !$0.traits.contains(.fromHostLog)
        && !$0.traits.contains(.byDevice)
    }
    #expect(told.count == commands)
    #expect(told.allSatisfy { !$0.hasValue || $0.kind == .reset })
  }
}
