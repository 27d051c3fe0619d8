import Foundation
import Model
import Recordings
import Rules
import TraceKit
import VirtioSpec

@testable import Comparison

/// The root of the package.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// What a comparison keeps of a recording.
enum Recorded {
  /// Of a file below `fixtures`.
  static func fixture(_ fixture: String) throws -> ComparedRun {
    var analysis = Analysis()
    let collector = RunCollector()
    collector.listen(to: &analysis)
    let path = packageRoot.appending(path: "fixtures/\(fixture)").path
    let summary = try Recording.read(path: path, into: &analysis)
    analysis.finish()
    return collector.run(of: analysis, summary)
  }

  /// Of a trace in text: one device, a step a line.
  static func run(
    _ trace: String, type: DeviceType = .blk, transport: TransportKind = .pci, id: String = "page",
    interface: Transaction.Interface = .modern, startKnown: Bool = true
  ) throws -> ComparedRun {
    var analysis = Analysis()
    let collector = RunCollector()
    collector.listen(to: &analysis)
    var profile = DeviceProfile(transport: transport)
    profile.type = type
    let device = analysis.addDevice(id: id, profile: profile, startKnown: startKnown)
    let parser = TransactionParser(interface: interface)
    for (number, line) in trace.split(separator: "\n").enumerated() {
      analysis.take(try parser.parse(String(line), record: UInt64(number + 1)), of: device)
    }
    analysis.finish()
    var summary = InputSummary(path: "trace")
    summary.evidence = [.access, .kick, .interrupt]
    return collector.run(of: analysis, summary)
  }

  /// The comparison of two traces, which have one device with one life each.
  static func compare(
    _ good: String, _ bad: String, type: DeviceType = .blk, startKnown: Bool = true
  ) throws -> LifeComparison {
    let comparison = try RunComparison(
      good: run(good, type: type), bad: run(bad, type: type, startKnown: startKnown))
    return comparison.devices[0].lives[0]
  }
}

/// An initialization as drivers do it, to be changed in one place.
let initialization = """
  W status 0x00
  R status 0x00
  W status 0x01
  W status 0x03
  R device_feature[0] 0x30006e54
  R device_feature[1] 0x00000101
  W driver_feature[0] 0x30006e54
  W driver_feature[1] 0x00000001
  W status 0x0b
  R status 0x0b
  R config[0x00:4] 0x00004000
  R config[0x04:4] 0x00000000
  R config[0x14:4] 0x00000200
  R queue[0].size 256
  W queue[0].vector 1
  R queue[0].vector 1
  W queue[0].desc.low 0x3fdd000
  W queue[0].desc.high 0x0
  W queue[0].driver.low 0x3fde000
  W queue[0].driver.high 0x0
  W queue[0].device.low 0x3fdf000
  W queue[0].device.high 0x0
  W queue[0].enable 1
  W status 0x0f
  kick queue[0] 0x0000
  irq queue[0]
  """

extension String {
  /// The trace with one line replaced, by none or by several.
  func replacing(line: String, by lines: String...) -> String {
    split(separator: "\n").flatMap { $0 == line ? lines : [String($0)] }.joined(separator: "\n")
  }
}
