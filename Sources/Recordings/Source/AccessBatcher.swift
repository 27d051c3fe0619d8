public import Model

/// Collects the accesses of a reader and hands them on a batch at a time.
///
/// One buffer serves the whole recording, so that a record costs no allocation. A reader flushes
/// before its window moves, because payload offsets are into the window.
public struct AccessBatcher: ~Copyable {
  private static var size: Int { 256 }

  private var batch: [Access]
  // Kinds met so far: one bit each, those of the encapsulation and those from 128 on.
  private var packetKinds: UInt64 = 0
  private var hostKinds: UInt64 = 0

  public init() {
    batch = []
    batch.reserveCapacity(Self.size)
  }

  /// Adds `access`; hands the batch to `sink` when it is full.
  ///
  /// - Parameter payload: the bytes that payload offsets are into, the same for the whole batch.
  @inline(__always)
  public mutating func add(
    _ access: Access, payload: RawSpan, into sink: inout some (AccessSink & ~Copyable)
  ) {
    let kind = access.kind.rawValue
    if kind < 128 {
      packetKinds |= 1 << UInt64(kind & 63)
    } else {
      hostKinds |= 1 << UInt64(kind & 63)
    }
    batch.append(access)
    if batch.count == Self.size { flush(payload: payload, into: &sink) }
  }

  /// Hands over what is held. To be called before the window moves and at the end.
  public mutating func flush(payload: RawSpan, into sink: inout some (AccessSink & ~Copyable)) {
    guard !batch.isEmpty else { return }
    sink.receive(batch.span, payload: payload)
    batch.removeAll(keepingCapacity: true)
  }

  /// Whether an access of this kind was added.
  public func has(_ kind: Access.Kind) -> Bool {
    let kinds = kind.rawValue < 128 ? packetKinds : hostKinds
    return kinds & 1 << UInt64(kind.rawValue & 63) != 0
  }

  /// What the accesses that were added can show.
  ///
  /// A kick may be an ordinary register write, so that a recording of register accesses shows
  /// kicks, too.
  public var evidence: EvidenceSet {
    var evidence: EvidenceSet = []
    if has(.pciConfiguration) || has(.portIO) || has(.mmio) || has(.channelCommand)
      || has(.notifyHypercall)
    {
      evidence.formUnion([.access, .kick])
    }
    if has(.subchannelEvent) { evidence.insert(.access) }
    if has(.hostKick) { evidence.insert(.kick) }
    if has(.interrupt) || has(.hostInterrupt) { evidence.insert(.interrupt) }
    if has(.memory) { evidence.insert(.memory) }
    if has(.pciConfiguration) || has(.deviceHint) || has(.hostMapping) {
      evidence.insert(.topology)
    }
    return evidence
  }
}
