public import Model

/// The lines about rings: see `Transaction.ringNames` and `ToldChain.text`.
extension TransactionParser {
  /// The kind of step that a line begins; `used queue[0] 3` without an id is of the device's log.
  static func ringKind(_ head: String, _ words: [String]) -> Transaction.Kind? {
    if head == "used", !words.contains(where: { $0.hasPrefix("id=") }) { return nil }
    return Transaction.ringNames.first { $0.value == head }?.key
  }

  /// Reads the words of a step about a ring; those of a chain stay in `words`.
  func ringStep(
    _ kind: Transaction.Kind, _ words: inout [String], _ queue: Int32, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    if kind == .adminCommand || kind == .adminResult {
      return try Self.adminStep(kind, &words, queue, place)
    }
    if kind == .requestMade || kind == .requestAnswered {
      return try Self.requestStep(kind, &words, queue, place)
    }
    if kind == .objectExported { return try Self.export(&words, queue, place) }
    var step = Transaction(kind, at: place, queue: queue)
    if Self.isByDevice(kind) { step.traits.insert(.byDevice) }
    var rest: [String] = []
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch (parts.first ?? "", parts.count) {
      case ("id", 2):
        if parts[1] == "?" {
          step.traits.insert(.unknownValue)
        } else {
          step.value = try Self.wanted(parts[1])
        }
      case ("len", 2): step.index = UInt32(truncatingIfNeeded: try Self.wanted(parts[1]))
      case (_, 1) where Self.parse(word) != nil:
        if Self.isNumbered(kind) {
          step.index = UInt32(truncatingIfNeeded: try Self.wanted(word))
        } else {
          step.value = try Self.wanted(word)
        }
      default: rest.append(word)
      }
    }
    words = kind == .bufferAvailable ? rest.filter { $0 == "snapshot" } : rest
    return step
  }

  /// `export queue[0] id=0 6ba7b810-9dad-41d1-80b4-00c04fd430c8`, or `unknown`.
  private static func export(
    _ words: inout [String], _ queue: Int32, _ place: RecordReference
  ) throws(Failure) -> Transaction {
    var id: UInt32 = 0
    var uuid: ExportedUUID?
    for word in words where word != "snapshot" && word != "unknown" {
      if word.hasPrefix("id=") {
        id = UInt32(truncatingIfNeeded: try wanted(String(word.dropFirst(3))))
      } else {
        uuid = ExportedUUID(word)
        if uuid == nil { throw Failure(description: "'\(word)' is no UUID") }
      }
    }
    words = words.filter { $0 == "snapshot" }
    return ExportedUUID.step(uuid, at: place, queue: queue, id: id)
  }

  private static func isByDevice(_ kind: Transaction.Kind) -> Bool {
    switch kind {
    case .usedIndex, .usedFlags, .availableEvent, .deviceEvent, .bufferUsed, .usedEntryPrepared,
      .usedEntryChanged,
      .bufferChanged, .usedElsewhere, .usedEarly, .endedRingWritten:
      true
    default: false
    }
  }

  /// Kinds whose bare number is a place (`index`), not a value.
  private static func isNumbered(_ kind: Transaction.Kind) -> Bool {
    switch kind {
    case .descriptorChanged, .availableEntryChanged, .usedEntryChanged, .tableChanged,
      .bufferChanged, .listPartial, .bitsWrong, .descriptorRewritten, .usedElsewhere, .usedEarly,
      .ringNotZero, .endedRingWritten:
      true
    default: false
    }
  }

  private static func wanted(_ word: String) throws(Failure) -> UInt64 {
    guard let value = parse(word) else { throw Failure(description: "'\(word)' is no number") }
    return value
  }

  /// The chain of a line that makes one available; nil for any other line.
  public func chain(of line: String) throws(Failure) -> ToldChain? {
    let code = line.prefix { $0 != ";" && $0 != "#" }
    let words = code.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.first == "avail" else { return nil }
    var reader = ChainReader()
    for word in words.dropFirst(2) { try reader.take(word) }
    return reader.finish()
  }

  /// Puts a chain together from its words.
  private struct ChainReader {
    var told = ToldChain()
    private var table: UInt64?
    private var next: UInt32?
    private var hasSlot = false
    private var hasHead = false

    init() { told.facts.isWalked = true }

    mutating func take(_ word: String) throws(Failure) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "id" where parts.count == 2:
        told.facts.id = UInt32(truncatingIfNeeded: TransactionParser.parse(parts[1]) ?? 0)
        if !hasHead { told.facts.head = told.facts.id }
        if !hasSlot { told.facts.slot = told.facts.head }
      case "slot" where parts.count == 2:
        hasSlot = true
        told.facts.slot = UInt32(truncatingIfNeeded: try wanted(parts[1]))
      case "head" where parts.count == 2:
        hasHead = true
        told.facts.head = UInt32(truncatingIfNeeded: try wanted(parts[1]))
        if !hasSlot { told.facts.slot = told.facts.head }
      case "table" where parts.count == 2:
        table = try wanted(parts[1])
        next = 0
      case "fault" where parts.count == 2: try takeFault(parts[1])
      case "tablewrite": told.facts.tableHasWrite = true
      case "unknown": told.facts.isWalked = false
      case "snapshot": break
      default: try takeBuffer(word)
      }
    }

    /// `r16@0x1000[7]`
    private mutating func takeBuffer(_ word: String) throws(Failure) {
      let halves = word.dropFirst().split(separator: "@").map(String.init)
      guard word.first == "r" || word.first == "w", halves.count == 2,
        let length = UInt32(halves[0])
      else { throw Failure(description: "'\(word)' is no word of a chain") }
      var place = halves[1]
      var index = next ?? told.facts.head
      if let open = place.firstIndex(of: "["), place.hasSuffix("]") {
        index = UInt32(
          truncatingIfNeeded: try wanted(String(place[place.index(after: open)...].dropLast())))
        place = String(place[..<open])
      }
      next = index &+ 1
      told.add(
        RingBuffer(
          address: try wanted(place), length: length, isWritable: word.first == "w",
          index: index, table: table))
    }

    /// `loop@7:3`
    private mutating func takeFault(_ text: String) throws(Failure) {
      let parts = text.split(separator: "@").map(String.init)
      guard parts.count == 2, let kind = RingFault.Kind(rawValue: parts[0]) else {
        throw Failure(description: "'\(text)' is no fault of a chain")
      }
      let place = parts[1].split(separator: ":").map(String.init)
      let value = place.count == 2 ? try wanted(place[1]) : 0
      let name = place[0]
      let spot: RingFault.Place =
        name == "q"
        ? .queue
        : name.hasPrefix("t")
          ? .indirect(table: table ?? 0, entry: UInt32(name.dropFirst()) ?? 0)
          : .descriptor(UInt32(name) ?? 0)
      told.add(RingFault(kind, at: spot, value: value))
    }

    private func wanted(_ word: String) throws(Failure) -> UInt64 {
      guard let value = TransactionParser.parse(word) else {
        throw Failure(description: "'\(word)' is no number")
      }
      return value
    }

    mutating func finish() -> ToldChain {
      let direct = told.buffers.filter { $0.table == nil }.count
      told.facts.ringCount = UInt32(max(direct + (table == nil ? 0 : 1), 1))
      return told
    }
  }
}
