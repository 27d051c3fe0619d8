import Model
import VirtioSpec

/// A statement about the buffers that a driver gives for packets to come in.
protocol NetReceiveBufferRule: Rule {
  static func judge(_ bytes: UInt64, _ step: Transaction, _ session: Session) -> Judgement
}

extension NetReceiveBufferRule {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .bufferAvailable, session.isNetReceiveQueue(step.queue) else {
      return .silent
    }
    let facts = session.told.facts
    guard facts.isWalked else { return .undecidable(.noRingMemory) }
    guard facts.hasEnd else { return .silent }
    return Self.judge(facts.writableBytes, step, session)
  }
}

extension Session {
  private static let pairs = ConfigSpan(.net, "max_virtqueue_pairs")

  /// Packets come in through virtqueue `index` of this network device.
  func isNetReceiveQueue(_ index: Int32) -> Bool {
    guard index > 0 else { return index == 0 }
    guard index % 2 == 0, hasNegotiated(22) || hasNegotiated(60),
      let pairs = lastRead(Self.pairs)
    else { return false }
    return UInt64(index) < 2 &* pairs
  }

  /// By how much the header is shorter than the text reckons with: through the legacy interface it may
  /// end before `num_buffers`.
  fileprivate var missingNetHeader: UInt64 { UInt64(max(0, 12 - netHeaderLength)) }

  /// The write that accepted or left out a feature, as evidence.
  func acceptanceEvidence(_ bit: Int) -> Evidence {
    let word = bit / 32
    let name = featureName(bit)
    return Evidence(
      word < 4 ? featureWrites[word] : .none,
      accepted.contains(bit) ? "driver accepts \(name)" : "driver does not accept \(name)")
  }
}

/// Where large packets come in and no buffers are merged, each buffer holds the largest there is.
///
/// Traps: the figures of the text, also where tunnels or IPsec make the header longer than the text
/// reckons with; versions before 1.4 asked for 39 bytes less; through the legacy interface the header
/// may be 2 bytes shorter; a driver may have switched the offloads off by a command.
///
/// Spec: 5.1.6.3.1
struct NetRxBufSizeGSO: NetReceiveBufferRule {
  static let id = "net.rx.buf-size-gso"
  /// GUEST_TSO4, GUEST_TSO6, GUEST_UFO, GUEST_USO4, GUEST_USO6.
  static let offloads = [7, 8, 10, 54, 55]
  var tally = Tally()

  static func judge(_ bytes: UInt64, _ step: Transaction, _ session: Session) -> Judgement {
    guard session.hasNotNegotiated(15),
      let bit = offloads.first(where: { session.hasNegotiated($0) })
    else { return .silent }
    let needed: UInt64 = (session.hasNegotiated(57) ? 65609 : 65601) - session.missingNetHeader
    guard bytes < needed else { return .held }
    guard bytes < needed - 39 else { return .undecidable(.olderSpecification) }
    guard session.hasNotNegotiated(2) else { return .undecidable(.payloadNotCaptured) }
    return .broken(
      "driver makes a buffer of \(bytes) bytes available in queue \(step.queue), where packets with"
        + " \(session.featureName(bit)) and without \(session.featureName(15)) need \(needed)",
      session.acceptanceEvidence(bit))
  }
}

/// Where only packets of the usual size come in and no buffers are merged, each buffer holds one.
///
/// Traps: a driver that knows of a smaller MTU need not make room for more; through the legacy interface
/// the header may be 2 bytes shorter.
///
/// Spec: 5.1.6.3.1
struct NetRxBufSizePlain: NetReceiveBufferRule {
  static let id = "net.rx.buf-size-plain"
  private static let mtu = ConfigSpan(.net, "mtu")
  var tally = Tally()

  static func judge(_ bytes: UInt64, _ step: Transaction, _ session: Session) -> Judgement {
    guard session.hasNotNegotiated(15),
      NetRxBufSizeGSO.offloads.allSatisfy({ session.hasNotNegotiated($0) })
    else { return .silent }
    let needed: UInt64 = (session.hasNegotiated(57) ? 1534 : 1526) - session.missingNetHeader
    guard bytes < needed else { return .held }
    if !session.hasNotNegotiated(3), session.lastRead(mtu).map({ $0 < 1500 }) ?? true {
      return .silent
    }
    return .broken(
      "driver makes a buffer of \(bytes) bytes available in queue \(step.queue), where packets"
        + " without \(session.featureName(15)) need \(needed)",
      session.acceptanceEvidence(15))
  }
}

/// Where buffers are merged, the header fits into each of them.
///
/// Spec: 5.1.6.3.1
struct NetRxBufMinHdr: NetReceiveBufferRule {
  static let id = "net.rx.buf-min-hdr"
  var tally = Tally()

  static func judge(_ bytes: UInt64, _ step: Transaction, _ session: Session) -> Judgement {
    guard session.hasNegotiated(15) else { return .silent }
    let needed = session.netHeaderLength
    guard bytes < UInt64(needed) else { return .held }
    return .broken(
      "driver makes a buffer of \(bytes) bytes available in queue \(step.queue), fewer than the"
        + " \(needed) of the header",
      session.acceptanceEvidence(15))
  }
}
