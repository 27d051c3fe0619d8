import Model
import Wire

extension RingsReport {
  /// The report as JSON, by docs/schema/vtrace-rings-1.schema.json.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", "vtrace-rings/1")
      writer.key("at")
      writer.object { writer in
        writer.number("record", record)
        writer.field("time", time.map(seconds))
      }
      writer.field("memory", memory)
      writer.field("devices", devices) { $0.ringDevice($1) }
    }
    return writer.text + "\n"
  }
}

extension JSONWriter {
  mutating func number(_ name: String, _ value: (some BinaryInteger)?) {
    key(name)
    raw(value.map { "\($0)" } ?? "null")
  }

  fileprivate mutating func truth(_ name: String, _ value: Bool?) {
    key(name)
    raw(value.map { $0 ? "true" : "false" } ?? "null")
  }

  fileprivate mutating func ringDevice(_ device: RingsReport.Device) {
    field("id", device.id)
    number("type", device.type)
    field("name", device.name)
    field("session", device.session)
    field("queues", device.queues) { $0.ringQueue($1) }
  }

  private mutating func ringQueue(_ queue: RingsReport.Queue) {
    let snapshot = queue.snapshot
    let layout = snapshot.layout
    field("index", queue.index)
    field("layout", layout.isPacked ? "packed" : "split")
    field("byteOrder", layout.isBigEndian ? "big" : "little")
    field("size", layout.size)
    field("descriptors", hexadecimal(layout.descriptors))
    field("driver", hexadecimal(layout.driverArea))
    field("device", hexadecimal(layout.deviceArea))
    state(snapshot)
    field("oldestAge", queue.oldestAge.map(seconds))
    field("pending", Array(snapshot.pending.enumerated())) { writer, entry in
      writer.chain(entry.element)
      let age = queue.ages.indices.contains(entry.offset) ? queue.ages[entry.offset] : nil
      writer.field("age", age.map(seconds))
    }
    if !snapshot.slots.isEmpty { field("slots", snapshot.slots) { $0.chain($1) } }
    truth("kickDue", snapshot.kickDue)
    truth("interruptDue", snapshot.interruptDue)
    field("faults", snapshot.faults) { $0.fault($1) }
    field("undecidable", snapshot.undecidable) { writer, fault in
      writer.fault(fault)
      writer.field("reason", snapshot.doubt.map(RingText.reason))
    }
  }

  private mutating func state(_ snapshot: QueueSnapshot) {
    let isKnown = snapshot.isReadable
    field("readable", isKnown)
    number("availIndex", isKnown ? snapshot.availableIndex : nil)
    number("usedIndex", isKnown ? snapshot.usedIndex : nil)
    if snapshot.layout.isPacked {
      truth("availWrap", snapshot.availableWrap)
      truth("usedWrap", snapshot.usedWrap)
    }
    number("availFlags", snapshot.availableFlags)
    number("usedFlags", snapshot.usedFlags)
    number("usedEvent", snapshot.usedEvent)
    number("availEvent", snapshot.availableEvent)
    number("free", isKnown ? snapshot.free : nil)
    number("available", isKnown ? snapshot.available : nil)
    number("inFlight", snapshot.inFlight)
    number("used", snapshot.used)
    field("certain", snapshot.isCertain)
    field("stable", snapshot.isStable)
  }

  private mutating func chain(_ chain: QueueSnapshot.Chain) {
    field("slot", chain.slot)
    field("head", chain.head)
    field("id", chain.id)
    field("chain", chain.buffers) { writer, buffer in
      writer.field("address", hexadecimal(buffer.address))
      writer.field("length", buffer.length)
      writer.field("flags", RingText.flags(buffer.flags))
      writer.field("indirect", buffer.table != nil)
      writer.field("crosses", buffer.crossedPage.map { hexadecimal($0) })
    }
    field("faults", chain.faults) { $0.fault($1) }
  }

  private mutating func fault(_ fault: RingFault) {
    field("kind", fault.kind.rawValue)
    field("where", fault.place.description)
    field("text", fault.description)
  }
}

/// Words for rings that both formats use.
enum RingText {
  /// Why what was found in a queue accuses nobody.
  static func reason(_ doubt: QueueSnapshot.Doubt) -> String {
    switch doubt {
    case .changing: "memory changed while it was read"
    case .translated: "an IOMMU may translate the addresses"
    }
  }

  /// The flags of a buffer that say something to a person: direction and chaining.
  static func flags(_ flags: DescriptorFlags) -> [String] {
    var names: [String] = []
    if flags.contains(.next) { names.append("next") }
    if flags.contains(.write) { names.append("write") }
    if flags.contains(.indirect) { names.append("indirect") }
    return names
  }
}
