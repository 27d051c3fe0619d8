public import Model

/// Reads the text form of a transaction (see `Transaction.text`), the one grammar of printed
/// transactions and of the traces on rule pages.
public struct TransactionParser {
  /// The structure that a line without a word of its own goes through.
  public var interface: Transaction.Interface

  public init(interface: Transaction.Interface = .modern) { self.interface = interface }

  /// Why a line is no transaction.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    public var description: String
  }

  /// The transaction that `line` says, at record `record`; nothing after `;` counts.
  public func parse(_ line: String, record: UInt64) throws(Failure) -> Transaction {
    let code = line.prefix { $0 != ";" && $0 != "#" }
    var words = code.split(whereSeparator: \.isWhitespace).map(String.init)
    let place = RecordReference(record: record, time: Int64(record) * 1000, location: record)
    var structure = interface
    if let first = words.first, first == "legacy" || first == "modern" {
      structure = first == "legacy" ? .legacy : .modern
      words.removeFirst()
    }
    guard let head = words.first else { throw Failure(description: "empty line") }
    words.removeFirst()
    if let fact = try Self.fact(head, words, place) { return fact }
    var step: Transaction
    switch head {
    case "R", "W": step = try access(head, &words, place)
    default: step = try event(head, &words, place)
    }
    if Self.hasInterface(step.kind) { step.interface = structure }
    try modify(&step, words)
    decideInterface(&step)
    return step
  }

  /// The two values that themselves tell the interface.
  private func decideInterface(_ step: inout Transaction) {
    guard step.hasValue, step.isAccepted else { return }
    switch (step.kind, step.value) {
    case (.readVersion, 1), (.setRevision, 0): step.interface = .legacy
    case (.readVersion, 2), (.setRevision, 1...): step.interface = .modern
    default: break
    }
  }

  /// Kinds that go through a structure which tells legacy from modern.
  static func hasInterface(_ kind: Transaction.Kind) -> Bool {
    switch kind {
    case _ where Transaction.ringNames[kind] != nil: false
    case .interrupt, .ccwInterrupt, .indicator, .eventsLost, .machineEvent, .buffersTaken,
      .buffersUsed, .assignBAR,
      .writePCICommand, .writeMSIXControl, .writeMSIXEntry, .writeVFEnable, .writeNumVFs,
      .readVFBar0, .subchannelEnabled, .subchannelDisabled, .setRevision, .readMagic, .readVersion,
      .readDeviceID, .readVendorID, .readPCIConfig, .writePCIConfig, .readWindow, .writeWindow,
      .readReservedArea, .writeReservedArea, .readOutside, .writeOutside, .structureUsed:
      false
    default: true
    }
  }

  private func access(
    _ verb: String, _ words: inout [String], _ place: RecordReference
  ) throws(Failure) -> Transaction {
    guard !words.isEmpty else { throw Failure(description: "'\(verb)' names no register") }
    let subject = words.removeFirst()
    let isRead = verb == "R"
    let (name, argument, field) = split(subject)
    var step: Transaction
    switch name {
    case "device_feature":
      step = Transaction(.readDeviceFeatures, at: place, index: try word(argument))
    case "driver_feature":
      step = Transaction(
        isRead ? .readDriverFeatures : .writeDriverFeatures, at: place,
        index: try word(argument))
    case "queue":
      step = try queueAccess(field, isRead, place)
      step.queue = argument == "?" ? -1 : Int32(try number(argument))
    case "config", "register", "pci_config":
      step = try sized(name, argument, isRead, place)
    case "window", "area", "outside": step = try placed(name, argument, isRead, place)
    case "bar": step = Transaction(.assignBAR, at: place, index: UInt32(try number(argument)))
    case "msix_entry":
      step = Transaction(.writeMSIXEntry, at: place, index: UInt32(try number(argument)))
    default: step = Transaction(try kind(of: name, isRead), at: place)
    }
    if name == "device_feature" || name == "driver_feature" { step.mask = 0xffff_ffff }
    try setValue(&step, &words, field)
    return step
  }

  private func kind(of name: String, _ isRead: Bool) throws(Failure) -> Transaction.Kind {
    let kinds = Transaction.names.filter { $0.value == name }.map(\.key)
    let match = kinds.first { Self.isRead($0) == isRead }
    guard let match else {
      throw Failure(description: "no register '\(name)' that is \(isRead ? "read" : "written")")
    }
    return match
  }

  static func isRead(_ kind: Transaction.Kind) -> Bool { "\(kind)".hasPrefix("read") }

  private func queueAccess(
    _ field: [String], _ isRead: Bool, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    guard let name = field.first else { throw Failure(description: "a queue without a field") }
    if let area = Transaction.areaNames.firstIndex(of: name) {
      return Transaction(
        isRead ? .readQueueAddress : .writeQueueAddress, at: place, index: UInt32(area))
    }
    if isRead, name == "size" || name == "max_size" {
      return Transaction(.readQueueSize, at: place, index: name == "size" ? 0 : 1)
    }
    let kinds = Transaction.queueFields.filter { $0.value == name }.map(\.key)
    guard let kind = kinds.first(where: { Self.isRead($0) == isRead }) else {
      throw Failure(description: "no queue field '\(name)' that is \(isRead ? "read" : "written")")
    }
    return Transaction(kind, at: place, index: kind == .writeQueuePFN ? 4096 : 0)
  }

  private func sized(
    _ name: String, _ argument: String, _ isRead: Bool, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    let parts = argument.split(separator: ":").map(String.init)
    guard parts.count == 2 else {
      throw Failure(description: "'\(name)[\(argument)]' is not '[offset:width]'")
    }
    let kind: Transaction.Kind =
      switch name {
      case "config": isRead ? .readConfig : .writeConfig
      case "pci_config": isRead ? .readPCIConfig : .writePCIConfig
      default: isRead ? .readRegister : .writeRegister
      }
    return Transaction(
      kind, at: place, index: UInt32(truncatingIfNeeded: try number(parts[0])),
      width: UInt8(truncatingIfNeeded: try number(parts[1])))
  }

  /// `window[bar:offset:length]` and `area[capability:offset:width]`.
  private func placed(
    _ name: String, _ argument: String, _ isRead: Bool, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    let parts = argument.split(separator: ":").map(String.init)
    guard parts.count == 3 else {
      throw Failure(description: "'\(name)[\(argument)]' has not three parts")
    }
    let first = Int32(truncatingIfNeeded: try number(parts[0]))
    let offset = UInt32(truncatingIfNeeded: try number(parts[1]))
    let count = try number(parts[2])
    if name == "outside" {
      return Transaction(
        isRead ? .readOutside : .writeOutside, at: place, mask: 0, queue: first, index: offset,
        width: UInt8(truncatingIfNeeded: count))
    }
    guard name == "area" else {
      return Transaction(
        isRead ? .readWindow : .writeWindow, at: place, mask: count, queue: first, index: offset)
    }
    return Transaction(
      isRead ? .readReservedArea : .writeReservedArea, at: place, queue: first, index: offset,
      width: UInt8(truncatingIfNeeded: count))
  }

  /// Takes the value; `.low` and `.high` say which half of a 64-bit field it is.
  private func setValue(
    _ step: inout Transaction, _ words: inout [String], _ field: [String]
  ) throws(Failure) {
    guard !words.isEmpty else { throw Failure(description: "no value") }
    let word = words.removeFirst()
    if word == "?" {
      step.traits.insert(.unknownValue)
      return
    }
    step.value = try number(word)
    switch field.last {
    case "low": step.mask = 0xffff_ffff
    case "high":
      step.value <<= 32
      step.mask = 0xffff_ffff_0000_0000
    default: break
    }
  }

  private func event(
    _ head: String, _ words: inout [String], _ place: RecordReference
  ) throws(Failure) -> Transaction {
    let isAdmin = head.hasPrefix("admin") && words.first?.hasPrefix("queue[") != true
    let target = words.isEmpty || isAdmin ? "" : words.removeFirst()
    let (name, argument, _) = split(target)
    let queue: Int32 =
      name == "queue" && !argument.isEmpty && argument != "?"
      ? Int32(truncatingIfNeeded: try number(argument)) : -1
    if let kind = Self.ringKind(head, words) { return try ringStep(kind, &words, queue, place) }
    switch head {
    case "reset": return Transaction(.reset, at: place)
    case "kick":
      var step = Transaction(.kick, at: place, queue: queue)
      if let word = words.first, word == "?" || Self.parse(word) != nil {
        try setValue(&step, &words, [])
      } else {
        step.value = UInt64(max(queue, 0))
      }
      return step
    case "irq":
      let index: UInt32 = name == "queue" ? 0 : name == "config" ? 1 : 2
      return Transaction(.interrupt, at: place, queue: queue, index: index, traits: .byDevice)
    case "ccw_irq": return try ccwInterrupt(target, &words, place)
    case "indicator": return try indicator(target, &words, place)
    case "subchannel":
      return Transaction(
        target == "enabled" ? .subchannelEnabled : .subchannelDisabled, at: place)
    case "taken", "used":
      var step = Transaction(
        head == "used" ? .buffersUsed : .buffersTaken, at: place, queue: queue, traits: .byDevice)
      if !words.isEmpty { try setValue(&step, &words, []) }
      return step
    case "lost", "machine":
      return Transaction(
        head == "lost" ? .eventsLost : .machineEvent, at: place, value: try number(target),
        traits: .byDevice)
    case "ccw":
      return Transaction(
        .otherCommand, at: place, index: UInt32(truncatingIfNeeded: try number(target)))
    default: throw Failure(description: "no transaction begins with '\(head)'")
    }
  }

  private func modify(_ step: inout Transaction, _ words: [String]) throws(Failure) {
    for word in words {
      let parts = word.split(separator: "=").map(String.init)
      switch parts.first {
      case "rejected": step.traits.insert(.rejected)
      case "window": step.traits.insert(.throughWindow)
      case "host": step.traits.insert(.fromHostLog)
      case "sli": step.traits.insert(.lengthUnchecked)
      case "incorrect-length": step.traits.insert(.incorrectLength)
      case "other-cookie": step.traits.insert(.otherCookie)
      case "snapshot": step.traits.insert(.fromSnapshot)
      case "device": step.traits.insert(.byDevice)
      case "width" where parts.count == 2:
        step.width = UInt8(truncatingIfNeeded: try number(parts[1]))
        step.traits.insert(.wrongWidth)
      case "byte" where parts.count == 2:
        step.byteInField = UInt8(truncatingIfNeeded: try number(parts[1]))
      case "at" where parts.count == 2, "page" where parts.count == 2,
        "length" where parts.count == 2, "res0" where parts.count == 2,
        "sense" where parts.count == 2:
        step.index = UInt32(truncatingIfNeeded: try number(parts[1]))
      case "mask" where parts.count == 2, "like" where parts.count == 2:
        step.mask = try number(parts[1])
      default: throw Failure(description: "'\(word)' is no word of a transaction")
      }
    }
  }

  /// `queue[3].desc.low` → (`queue`, `3`, [`desc`, `low`]).
  private func split(_ subject: String) -> (name: String, argument: String, field: [String]) {
    guard let open = subject.firstIndex(of: "["), let close = subject.lastIndex(of: "]"),
      open < close
    else { return (subject, "", []) }
    let rest = subject[subject.index(after: close)...]
    return (
      String(subject[..<open]), String(subject[subject.index(after: open)..<close]),
      rest.split(separator: ".").map(String.init)
    )
  }

  /// A feature word, `?` where it is not known.
  private func word(_ argument: String) throws(Failure) -> UInt32 {
    argument == "?" ? .max : UInt32(truncatingIfNeeded: try number(argument))
  }

  func number(_ word: String) throws(Failure) -> UInt64 {
    guard let value = Self.parse(word) else {
      throw Failure(description: "'\(word)' is no number")
    }
    return value
  }

  static func parse(_ word: String) -> UInt64? {
    word.hasPrefix("0x") ? UInt64(word.dropFirst(2), radix: 16) : UInt64(word)
  }
}
