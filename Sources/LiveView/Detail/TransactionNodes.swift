import Model
import Query
import Reports
import Rules
import VirtioSpec

extension ViewState {
  /// The selected transaction as a tree: what it says down to bits, the record as it came, and the
  /// findings that it is part of.
  var transactionNodes: [DetailNode] {
    guard let entry = selectedEntry, let text = snapshot.text(selected) else { return [] }
    let device = subjectDevice
    let step = entry.step
    let reference = step.reference
    var nodes = [DetailNode(text.step, Look.strong, key: "step", valueNodes(entry, device))]
    if !text.meaning.isEmpty { nodes.append(DetailNode(text.meaning, Look.dim, key: "meaning")) }
    nodes += chainNodes
    for place in findings.places(at: reference.record, device: entry.device) {
      nodes += self.nodes(of: findings.findings[place])
    }
    for place in findings.evidencePlaces(at: reference.record, device: entry.device).prefix(4) {
      let finding = findings.findings[place]
      nodes.append(
        DetailNode(
          "helps to prove \(finding.rule) (\(self.place(finding.reference)))",
          Look.severity(finding.severity), key: "evidence \(finding.rule)"))
    }
    nodes.append(whereNode(entry, device))
    nodes.append(rawNode(reference))
    return nodes
  }

  private func valueNodes(_ entry: HistoryEntry, _ device: DeviceState?) -> [DetailNode] {
    let step = entry.step
    guard step.hasValue else { return [DetailNode("the value was not captured", Look.dim)] }
    switch step.kind {
    case .bufferAvailable, .reset, .eventsLost, .historyLost: return []
    default: break
    }
    guard !step.isFact else { return [] }
    var nodes = [DetailNode("value \(hexadecimal(step.value)) = \(step.value)", key: "value")]
    nodes[0].children = BitNames.parts(of: step, device, isLegacy: entry.isLegacy)
    nodes[0].startsOpen = BitNames.haveNames(step.kind)
    if step.queue >= 0, step.kind != .readWindow, step.kind != .writeWindow {
      nodes.append(DetailNode("queue \(step.queue)", key: "queue"))
    }
    if step.width > 0 { nodes.append(DetailNode("width \(step.width)", key: "width")) }
    if step.byteInField > 0 {
      nodes.append(DetailNode("begins at byte \(step.byteInField) of the field", key: "byte"))
    }
    return nodes
  }

  /// The chain that the transaction makes available or ends.
  private var chainNodes: [DetailNode] {
    guard let (chunk, place) = snapshot.locate(selected) else { return [] }
    let note = Int(chunk.entries[place].note)
    guard chunk.notes.indices.contains(note) else { return [] }
    switch chunk.notes[note] {
    case .ended(let chain): return [Self.node(of: chain, chunk.entries[place].step)]
    case .told(let told):
      let step = chunk.entries[place].step
      return step.isAdminStep || step.isRequestStep ? [] : [Self.node(of: told)]
    }
  }

  private static func node(of chain: RingChain, _ step: Transaction) -> DetailNode {
    let facts = chain.facts
    var children = [
      DetailNode("available since record \(chain.exposedAt.record)"),
      DetailNode("latency \(chain.latency(to: step).map { duration($0) } ?? "unknown")"),
    ]
    if facts.isWalked {
      children.append(
        DetailNode("\(facts.readableCount) buffers to the device, \(facts.readableBytes) bytes"))
      children.append(
        DetailNode(
          "\(facts.writableCount) buffers from it, \(step.index) of \(facts.writableBytes) bytes"))
    }
    return DetailNode("request, head \(facts.head)", key: "request", children)
  }

  private static func node(of told: ToldChain) -> DetailNode {
    var children = told.buffers.map { buffer in
      DetailNode(
        "descriptor \(buffer.index): device \(buffer.isWritable ? "writes" : "reads") "
          + "\(buffer.length) at \(hexadecimal(buffer.address))"
          + (buffer.table == nil ? "" : " (indirect)"))
    }
    let hidden = Int(told.facts.bufferCount) - told.buffers.count
    if hidden > 0 { children.append(DetailNode("… \(hidden) more buffers", Look.dim)) }
    children += told.faults.map { DetailNode("fault: \($0)", Look.problem) }
    if !told.facts.isWalked { children.append(DetailNode("its memory was not recorded", Look.dim)) }
    return DetailNode("chain, head \(told.facts.head)", key: "chain", children)
  }

  private func whereNode(_ entry: HistoryEntry, _ device: DeviceState?) -> DetailNode {
    let reference = entry.step.reference
    var children = [
      DetailNode("time \(seconds(reference.time &- (snapshot.firstTime ?? 0))) s", key: "time"),
      DetailNode(
        "\(snapshot.input.placesAreLines ? "line" : "offset") \(reference.location)", key: "place"),
    ]
    if entry.step.cpu != Access.noCPU {
      children.append(DetailNode("cpu or thread \(entry.step.cpu)", key: "cpu"))
    }
    if let device {
      children.append(
        DetailNode(
          "\(device.id) \(device.typeName), session \(entry.session), "
            + (entry.isLegacy ? "legacy" : Self.name(of: entry.step.interface)), key: "device"))
    }
    return DetailNode("record \(reference.record)", key: "record", children)
  }

  /// The record as it came.
  private func rawNode(_ reference: RecordReference) -> DetailNode {
    guard let (access, bytes) = snapshot.raw(ofRecord: reference.record) else {
      return DetailNode("the raw record is not kept", Look.dim, key: "raw")
    }
    var children = [
      DetailNode("address \(hexadecimal(access.address))", key: "address"),
      DetailNode("width \(access.width), code \(hexadecimal(access.code))", key: "width"),
      DetailNode("flags \(Self.text(of: access.flags))", key: "flags"),
    ]
    if bytes.isEmpty {
      children.append(DetailNode("data \(hexadecimal(access.value, digits: 2))", key: "data"))
    }
    let shown = Array(bytes.prefix(64))
    for start in stride(from: 0, to: shown.count, by: 16) {
      let row = shown[start..<min(start + 16, shown.count)]
      let pairs = row.map { hexadecimal($0, digits: 2).dropFirst(2) }.joined(separator: " ")
      children.append(DetailNode("\(hexadecimal(start, digits: 4))  \(pairs)", key: "row \(start)"))
    }
    if bytes.count > shown.count {
      children.append(
        DetailNode("… \(bytes.count - shown.count) more bytes", Look.dim, key: "more"))
    }
    return DetailNode("raw: \(Self.name(of: access.kind))", key: "raw", children)
  }

  private static func text(of flags: Access.Flags) -> String {
    let names: [(Access.Flags, String)] = [
      (.toDevice, "to device"), (.unknownData, "data not captured"),
      (.bigEndianGuest, "big-endian guest"), (.truncatedData, "data cut"),
      (.commandReject, "command reject"), (.notFromGuestCPU, "from no guest CPU"),
    ]
    let set = names.filter { flags.contains($0.0) }.map(\.1)
    return set.isEmpty ? "none" : set.joined(separator: ", ")
  }

  private static func name(of kind: Access.Kind) -> String {
    switch kind {
    case .pciConfiguration: "PCI configuration"
    case .portIO: "port I/O"
    case .mmio: "memory-mapped I/O"
    case .channelCommand: "channel command"
    case .notifyHypercall: "notification hypercall"
    case .interrupt: "interrupt"
    case .memory: "guest memory"
    case .deviceHint: "device hint"
    case .lostEvents: "lost events"
    case .note: "note"
    case .subchannelEvent: "subchannel event"
    case .machineEvent: "machine event"
    default: "the device's own log"
    }
  }
}
