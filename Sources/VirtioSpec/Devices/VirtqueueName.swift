/// What a device type calls one of its virtqueues, given what was negotiated.
public enum VirtqueueName: Sendable, Hashable {
  /// As the section of the device spells it.
  case named(String)
  /// The device has no such virtqueue with these features.
  case absent
  /// Features or configuration that decide were not seen, or implementations number differently.
  case unknown
}

/// What decides which virtqueues a device has.
public protocol VirtqueueFacts {
  /// Whether the feature bit was accepted, nil where that is not known.
  func accepts(_ bit: Int) -> Bool?
  /// A number of the device configuration by the name of its field, nil where it was not seen.
  func count(_ field: String) -> Int?
}

extension DeviceType {
  /// The name of virtqueue `index`, administration virtqueues aside.
  ///
  /// Spec: "Virtqueues" in the section of each device. Balloon and file system devices exist that
  /// number the virtqueues which they have without gaps; there an index that depends on that is
  /// `unknown`.
  public func virtqueueName(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    guard index >= 0 else { return .unknown }
    switch self {
    case .net: return netQueue(index, facts)
    case .blk:
      let count = facts.accepts(12).flatMap { $0 ? facts.count("num_queues") : 1 }
      return row(index, of: count, "requestq\(index + 1)")
    case .console: return consoleQueue(index, facts)
    case .balloon: return balloonQueue(index, facts)
    case .scsi:
      guard index >= 2 else { return .named(["controlq", "eventq"][index]) }
      return row(index - 2, of: facts.count("num_queues"), "request queue \(index - 2)")
    case .crypto: return cryptoQueue(index, facts)
    case .fs: return fileSystemQueue(index, facts)
    default: return fixedQueue(index, facts)
    }
  }

  /// One of a row of alike virtqueues; a first one there is always.
  private func row(_ place: Int, of count: Int?, _ name: String) -> VirtqueueName {
    guard let count else { return place == 0 ? .named(name) : .unknown }
    return place < count ? .named(name) : .absent
  }

  private func netQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    let name = index % 2 == 0 ? "receiveq\(index / 2 + 1)" : "transmitq\(index / 2 + 1)"
    if index < 2 { return .named(name) }
    guard let multiqueue = facts.accepts(22), let scaling = facts.accepts(60) else {
      return .unknown
    }
    guard let pairs = multiqueue || scaling ? facts.count("max_virtqueue_pairs") : 1 else {
      return .unknown
    }
    if index < 2 * pairs { return .named(name) }
    guard index == 2 * pairs, let control = facts.accepts(17) else {
      return index == 2 * pairs ? .unknown : .absent
    }
    return control ? .named("controlq") : .absent
  }

  private func consoleQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    if index < 2 { return .named(["receiveq(port0)", "transmitq(port0)"][index]) }
    guard let ports = facts.accepts(1) else { return .unknown }
    guard ports else { return .absent }
    if index < 4 { return .named(["control receiveq", "control transmitq"][index - 2]) }
    let port = index / 2 - 1
    guard let count = facts.count("max_nr_ports") else { return .unknown }
    guard port < count else { return .absent }
    return .named(index % 2 == 0 ? "receiveq(port\(port))" : "transmitq(port\(port))")
  }

  private func balloonQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    let bits = [1, 3, 5]
    if index < 2 { return .named(["inflateq", "deflateq"][index]) }
    guard index < 5 else { return .absent }
    let accepted = bits.map(facts.accepts)
    // With a gap before it the index means one thing in the text and another to some devices.
    for bit in accepted.prefix(index - 2) where bit != true { return .unknown }
    guard let own = accepted[index - 2] else { return .unknown }
    if !own { return accepted.dropFirst(index - 1).contains(true) ? .unknown : .absent }
    return .named(["statsq", "free_page_vq", "reporting_vq"][index - 2])
  }

  private func cryptoQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    guard let count = facts.count("max_dataqueues") else { return .unknown }
    if index < count { return .named("dataq\(index + 1)") }
    return index == count ? .named("controlq") : .absent
  }

  private func fileSystemQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    if index == 0 { return .named("hiprio") }
    guard let notifies = facts.accepts(0) else { return .unknown }
    if notifies, index == 1 { return .named("notification queue") }
    let place = index - (notifies ? 2 : 1)
    return row(place, of: facts.count("num_request_queues"), "request queue \(place + 1)")
  }

  private func fixedQueue(_ index: Int, _ facts: some VirtqueueFacts) -> VirtqueueName {
    guard let fixed = fixedQueues else { return .unknown }
    guard index < fixed.names.count else { return .absent }
    if index == fixed.names.count - 1, let bit = fixed.lastOnlyIf {
      guard let has = facts.accepts(bit) else { return .unknown }
      return has ? .named(fixed.names[index]) : .absent
    }
    return .named(fixed.names[index])
  }

  /// The virtqueues of types whose number does not vary, save that the last may need a feature.
  private var fixedQueues: (names: [String], lastOnlyIf: Int?)? {
    switch self {
    case .rng, .rpmb, .i2c, .spi: (["requestq"], nil)
    case .gpu: (["controlq", "cursorq"], nil)
    case .rtc: (["requestq", "alarmq"], 0)
    case .input: (["eventq", "statusq"], nil)
    case .vsock: (["rx", "tx", "event"], nil)
    case .iommu: (["requestq", "eventq"], nil)
    case .mem: (["guest-request"], nil)
    case .sound: (["controlq", "eventq", "txq", "rxq"], nil)
    case .pmem: (["req_vq"], nil)
    case .scmi: (["cmdq", "eventq"], 0)
    case .can: (["Txq", "Rxq", "Controlq"], nil)
    case .gpio: (["requestq", "eventq"], 0)
    case .media: (["commandq", "eventq"], nil)
    default: nil
    }
  }
}
