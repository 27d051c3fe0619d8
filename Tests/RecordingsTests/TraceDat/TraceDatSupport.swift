import Foundation
import Model
import Wire

@testable import Recordings

/// What the reader makes of a file.
struct TraceDatReading {
  var items: [Collector.Item]
  var summary: InputSummary

  init(path: String) throws {
    try self.init([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
  }

  init(_ bytes: [UInt8]) throws {
    var reader = TraceDatReader()
    var sink = Collector()
    var summary = InputSummary(path: "-")
    reader.read(bytes.span.bytes, into: &sink, summary: &summary)
    items = sink.items
    self.summary = summary
  }
}

/// The events that become accesses.
let usedEvents: Set<String> = [
  "kvm_mmio", "kvm_fast_mmio", "kvm_pio", "kvm_msi_set_irq", "kvm_set_irq",
]

/// What the reader must deliver for a report: the rules of joining written a second time, over
/// printed lines.
func expectedAccesses(of report: TraceCmdReport) -> [Collector.Item] {
  var items: [Collector.Item] = []
  var open: [Int: TraceCmdReport.Event] = [:]
  var losses = report.losses[...]
  var lastUsed = 0
  for (index, event) in report.events.enumerated() {
    let record = index + 1
    while let loss = losses.first, loss.record <= record {
      losses.removeFirst()
      let affected = open.filter { $0.value.cpu == loss.cpu && $0.value.buffer == loss.buffer }
      for (thread, begun) in affected.sorted(by: { $0.value.time < $1.value.time }) {
        open[thread] = nil
        items.append(abandoned(begun, at: record))
      }
      var lost = item(
        .lostEvents, record, event, width: 0, code: UInt32(clamping: loss.count), flags: [])
      lost.cpu = UInt16(loss.cpu)
      items.append(lost)
    }
    // A route that was never set is looked through, not used.
    guard usedEvents.contains(event.name),
      event.name != "kvm_msi_set_irq" || event.fields["address"] != 0 || event.fields["data"] != 0
    else { continue }
    lastUsed = record
    var made = access(event, record)
    if made.kind != .interrupt, let begun = open.removeValue(forKey: event.thread) {
      let distance = (event.fields["gpa"] ?? 0) &- (begun.fields["gpa"] ?? 0)
      let length = max(event.fields["len"] ?? 0, begun.fields["len"] ?? 0)
      if event.name == "kvm_mmio", event.fields["type"] == 1, distance == 0 || distance < length {
        made.time = begun.time
        made.address = begun.fields["gpa"] ?? 0
      } else {
        items.append(abandoned(begun, at: record))
      }
    }
    if event.name == "kvm_mmio", event.fields["type"] == 0 {
      open[event.thread] = event
    } else {
      items.append(made)
    }
  }
  return items + open.values.sorted { $0.time < $1.time }.map { abandoned($0, at: lastUsed) }
}

private func abandoned(_ event: TraceCmdReport.Event, at record: Int) -> Collector.Item {
  item(
    .mmio, record, event, address: event.fields["gpa"], width: event.fields["len"] ?? 0,
    flags: .unknownData)
}

private func access(_ event: TraceCmdReport.Event, _ record: Int) -> Collector.Item {
  let fields = event.fields
  switch event.name {
  case "kvm_mmio":
    let width = fields["len"] ?? 0
    var flags: Access.Flags = fields["type"] == 2 ? .toDevice : []
    if width > 8 { flags.insert(.truncatedData) }
    return item(
      .mmio, record, event, address: fields["gpa"], value: fields["val"], width: width,
      flags: flags)
  case "kvm_fast_mmio":
    return item(
      .mmio, record, event, address: fields["gpa"], width: 0, flags: [.toDevice, .unknownData])
  case "kvm_pio":
    let count = fields["count"] ?? 1
    var flags: Access.Flags = fields["rw"] == 1 ? .toDevice : []
    if count > 1 { flags.insert(.truncatedData) }
    return item(
      .portIO, record, event, address: fields["port"], value: fields["val"],
      width: fields["size"] ?? 0, code: count > 1 ? UInt32(count) : 0, flags: flags)
  case "kvm_msi_set_irq":
    return item(
      .interrupt, record, event, address: fields["address"], value: fields["data"], width: 4,
      code: 1, flags: [])
  default:
    return item(
      .interrupt, record, event, address: fields["gsi"], value: fields["level"], width: 1, flags: []
    )
  }
}

private func item(
  _ kind: Access.Kind, _ record: Int, _ event: TraceCmdReport.Event, address: UInt64? = 0,
  value: UInt64? = 0, width: UInt64, code: UInt32 = 0, flags: Access.Flags
) -> Collector.Item {
  let mask: UInt64 = width >= 8 ? .max : (1 << (width * 8)) - 1
  return Collector.Item(
    kind: kind, record: UInt64(record), time: event.time, location: 0, address: address ?? 0,
    value: (value ?? 0) & mask, width: UInt32(width), code: code, cpu: UInt16(event.cpu),
    flags: flags.rawValue, payload: [])
}
