/// A field that a filter can ask for. The documentation, the completion and the parser are made from
/// this table.
public enum QueryField: String, Sendable, CaseIterable {
  // Where and when.
  case record
  case time
  case clock
  case place
  case cpu
  // Whose.
  case device
  case type
  case transport
  case session
  case interface
  // What.
  case kind
  case side
  case register
  case ring
  case queue
  case value
  case width
  case offset
  case word
  case status
  case feature
  case config
  case interrupt
  case id
  case length
  case slot
  case text
  // How.
  case rejected
  case unknown
  case host
  case snapshot
  case window
  // How things stood before.
  case sessionStatus = "session.status"
  case offered
  case accepted
  // What rules say.
  case finding
  case severity
  case fault
  case section
  case message

  /// What values a field has.
  public enum Kind: String, Sendable {
    case number
    case time
    case text
    /// One of some names.
    case name
    /// Bits with names.
    case flags
    /// Feature bits; several at once.
    case features
    /// True or false.
    case mark
  }

  public var name: String { rawValue }

  /// The field of that name, whatever the case of its letters.
  static func named(_ text: String) -> QueryField? { QueryField(rawValue: text.lowercased()) }

  public var kind: Kind {
    switch self {
    case .record, .place, .cpu, .session, .queue, .value, .width, .offset, .word, .id, .length,
      .slot:
      .number
    case .time, .clock: .time
    case .device, .text, .finding, .section, .message, .config: .text
    case .type, .transport, .interface, .kind, .side, .register, .ring, .interrupt, .severity,
      .fault:
      .name
    case .status, .sessionStatus: .flags
    case .feature, .offered, .accepted: .features
    case .rejected, .unknown, .host, .snapshot, .window: .mark
    }
  }

  /// Whether only findings have it.
  var isOfFinding: Bool {
    switch self {
    case .finding, .severity, .fault, .section, .message: true
    default: false
    }
  }

  /// Whether `<` and its like make sense.
  var isOrdered: Bool {
    switch kind {
    case .number, .time: true
    case .name: self == .severity
    case .text, .flags, .features, .mark: false
    }
  }

  /// What it is, for the documentation and for whoever completes.
  public var summary: String {
    switch self {
    case .record: "number of the record"
    case .time: "time since the first step of the recording, in seconds (`1.5`, `20ms`, `3us`)"
    case .clock: "time on the recording's own clock"
    case .place: "line of a text recording, byte offset in a binary one"
    case .cpu: "CPU or host thread that made the access, where it is known"
    case .device: "id of the device, as reports print it"
    case .type: "device type, by name or number"
    case .transport: "transport of the device"
    case .session: "number of the device's life, from 0"
    case .interface: "interface through which the session is driven"
    case .kind: "what the step is"
    case .side: "side that made the step"
    case .register: "what a read or write is about"
    case .ring: "what a step about a ring, which memory shows, is about"
    case .queue: "number of the queue, where the step is about one that is known"
    case .value: "value read, written or told, where it was captured"
    case .width: "width of the access in bytes"
    case .offset: "offset in the structure: of `config`, `register`, `pci_config`, `window`, `area`"
    case .word: "number of the feature word"
    case .status: "device status that the step reads or writes"
    case .feature: "feature bits that are set in the word that the step reads or writes"
    case .config: "field of the device configuration that the step touches, such as `capacity`"
    case .interrupt: "cause of an interrupt"
    case .id: "head or id of the chain that a ring's step is about"
    case .length: "length that the device gives for a used chain"
    case .slot: "place in the ring"
    case .text: "the step as `--transactions` prints it, such as `W status 0x0f`"
    case .rejected: "the device rejected the command (CCW)"
    case .unknown: "the value was not captured"
    case .host: "known from the device's own log alone"
    case .snapshot: "found in memory at that moment; when it was written is not known"
    case .window: "made through the configuration access window of PCI"
    case .sessionStatus: "device status as it stood before the step, as far as it is known"
    case .offered: "features that the device offered, as far as the driver had read them"
    case .accepted: "features that the driver had accepted before the step"
    case .finding:
      "id of a rule that is broken at the record; the beginning of an id, up to a dot, "
        + "means all of them"
    case .severity: "severity of a finding at the record"
    case .fault: "side that a finding at the record accuses"
    case .section: "section of the specification that a finding at the record is about"
    case .message: "text of a finding at the record"
    }
  }

  /// Operators that make sense, for the documentation and the completion.
  public var operators: [String] {
    switch kind {
    case .number: ["==", "!=", "<", "<=", ">", ">=", "&", "in"]
    case .time: ["==", "!=", "<", "<=", ">", ">=", "in"]
    case .text: ["==", "!=", "contains", "matches", "in"]
    case .name: isOrdered ? ["==", "!=", "<", "<=", ">", ">=", "in"] : ["==", "!=", "in"]
    case .flags: ["==", "!=", "&", "in"]
    case .features: ["==", "!=", "in"]
    case .mark: []
    }
  }
}
