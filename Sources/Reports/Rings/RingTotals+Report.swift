public import Model

extension RingTotals {
  /// The totals as a person reads them, behind those of notifications.
  public var text: String {
    var facts = [counted(available, "buffer") + " available", "\(used) used"]
    if outOfOrder > 0 { facts.append("\(outOfOrder) out of order") }
    facts.append("\(bytes(readableBytes)) to the device, \(bytes(writtenBytes)) from it")
    facts.append("at most \(maxInFlight) in flight")
    if latency.count > 0 {
      let times = [latency.minimum, latency.median, latency.p99, latency.maximum]
        .map { duration(Int64(clamping: $0)) }
      facts.append("latency \(times[0]) to \(times[3]), median \(times[1]), p99 \(times[2])")
    }
    return facts.joined(separator: ", ")
  }
}

/// `count` bytes as a person reads them.
private func bytes(_ count: UInt64) -> String {
  let units: [(UInt64, String)] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
  for (size, name) in units where count >= 10 * size { return "\(count / size) \(name)" }
  return "\(count) B"
}

extension JSONWriter {
  /// The totals of a queue's rings.
  mutating func totals(_ totals: RingTotals) {
    field("available", totals.available)
    field("used", totals.used)
    field("outOfOrder", totals.outOfOrder)
    field("readableBytes", totals.readableBytes)
    field("writtenBytes", totals.writtenBytes)
    field("inFlight", totals.inFlight)
    field("maxInFlight", totals.maxInFlight)
    key("latency")
    guard totals.latency.count > 0 else { return raw("null") }
    object { writer in
      writer.field("count", totals.latency.count)
      writer.field("min", seconds(Int64(clamping: totals.latency.minimum)))
      writer.field("median", seconds(Int64(clamping: totals.latency.median)))
      writer.field("p99", seconds(Int64(clamping: totals.latency.p99)))
      writer.field("max", seconds(Int64(clamping: totals.latency.maximum)))
    }
  }
}

extension JSONWriter {
  /// A hint about a queue.
  mutating func hint(_ hint: RingHint) {
    field("kind", hint.kind.rawValue)
    field("record", hint.reference.record)
    field("text", hint.text)
  }

  /// A request, at the step that ends it.
  mutating func request(_ chain: RingChain, _ step: Transaction) {
    field("head", chain.facts.head)
    field("buffers", chain.facts.bufferCount)
    field("readableBytes", chain.facts.readableBytes)
    field("writableBytes", chain.facts.writableBytes)
    field("usedLength", step.index)
    field("availableRecord", chain.exposedAt.record)
    field("latency", chain.latency(to: step).map { seconds($0) })
  }
}

extension Transaction {
  /// The request that this used buffer ends: how long the device had it, its bytes in both
  /// directions, and how many of those for the device to write it says it wrote.
  func text(ending chain: RingChain) -> String {
    let time = chain.latency(to: self).map { duration($0) } ?? "latency unknown"
    guard chain.facts.isWalked else { return time }
    let facts = chain.facts
    return "\(time), r\(facts.readableBytes) w\(index)/\(facts.writableBytes)"
  }

  /// The chain that a used buffer ends; nil for other steps, and where it is not known.
  func request(in session: Session) -> RingChain? {
    guard kind == .bufferUsed, hasValue else { return nil }
    return session.ring(queue)?.outstanding(UInt32(truncatingIfNeeded: value))
  }
}
