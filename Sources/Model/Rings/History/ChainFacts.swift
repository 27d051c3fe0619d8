/// A chain as it stood when its driver made it available: what rules and reports ask of it.
public struct ChainFacts: Sendable, BitwiseCopyable, Equatable {
  /// Slot of the available ring, or first slot in the packed ring.
  public var slot: UInt32 = 0
  /// First descriptor; packed: the same as `slot`.
  public var head: UInt32 = 0
  /// Buffer id; split: the head.
  public var id: UInt32 = 0
  /// The memory that holds the chain was recorded; else nothing below says anything.
  public var isWalked = false
  /// The walk came to the end of the chain: no fault cut it short.
  public var hasEnd = true
  /// Descriptors of the ring that the chain takes; 1 where it was not walked.
  public var ringCount: UInt32 = 1
  /// Entries of the indirect table that belong to the chain, 0 for none.
  public var tableCount: UInt32 = 0
  /// Guest-physical address of the indirect table, meaningful when `tableCount > 0`.
  public var table: UInt64 = 0
  /// WRITE is set on the descriptor of the table, where it means nothing.
  public var tableHasWrite = false
  /// Buffers for the device to read and to write, and their bytes.
  public var readableCount: UInt32 = 0
  public var writableCount: UInt32 = 0
  public var readableBytes: UInt64 = 0
  public var writableBytes: UInt64 = 0
  /// Bytes of the first buffer that the device may write, 0 for none.
  public var firstWritableBytes: UInt32 = 0

  public init() {}

  /// Buffers of the chain, in both directions.
  public var bufferCount: UInt32 { readableCount &+ writableCount }
  /// Bytes of the chain, in both directions.
  public var byteCount: UInt64 { readableBytes &+ writableBytes }

  /// The shape, for a person: `3 descriptors, 16 bytes to read and 513 to write, table at 0x5008`.
  var shape: String {
    guard isWalked else { return "not recorded" }
    var text = bufferCount == 1 ? "1 buffer" : "\(bufferCount) buffers"
    text += ", \(readableBytes) bytes to read and \(writableBytes) to write"
    if tableCount > 0 { text += ", in a table at \(Transaction.hexText(table, 1))" }
    return text
  }
}

/// The chain that the step at hand makes available, with its buffers and what is wrong with it.
///
/// One value a session, reused: it belongs to the step that is judged and taken next.
public struct ToldChain: Sendable {
  public var facts = ChainFacts()
  /// At most `bufferLimit` buffers.
  public var buffers: [RingBuffer] = []
  /// At most `faultLimit` faults.
  public var faults: [RingFault] = []
  /// The administration command or result of the step.
  public var admin: ToldAdmin?
  /// What a request or an answer holds, none or one: `payload`. Not an optional, so that a session does
  /// not grow by it.
  private var payloads: [ToldPayload] = []
  /// Memory does not hold every descriptor that the chain takes in the ring.
  var isCut = false

  /// Buffers and faults that are kept of a chain; the counts in `facts` are of all.
  public static var bufferLimit: Int { 1024 }
  public static var faultLimit: Int { 16 }
  /// Descriptors after which the walk along a chain stops: more than any queue holds.
  static var walkLimit: Int { 1 << 16 }

  public init() {}

  /// Forgets the chain, and keeps the room.
  public mutating func clear() {
    facts = ChainFacts()
    isCut = false
    admin = nil
    if !payloads.isEmpty { payloads.removeAll(keepingCapacity: true) }
    buffers.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
  }

  /// What the request or answer of the step holds.
  public var payload: ToldPayload? { payloads.first }

  /// Sets `payload`.
  public mutating func tell(_ payload: ToldPayload) {
    if payloads.isEmpty { payloads.append(payload) } else { payloads[0] = payload }
  }

  /// The first fault of `kind`; nil where the chain has none.
  public func fault(_ kind: RingFault.Kind) -> RingFault? { faults.first { $0.kind == kind } }

  /// Adds one buffer.
  public mutating func add(_ buffer: RingBuffer) {
    if buffer.isWritable {
      if facts.writableCount == 0 { facts.firstWritableBytes = buffer.length }
      facts.writableCount &+= 1
      facts.writableBytes &+= UInt64(buffer.length)
    } else {
      facts.readableCount &+= 1
      facts.readableBytes &+= UInt64(buffer.length)
    }
    if buffer.table != nil { facts.tableCount &+= 1 }
    if let table = buffer.table { facts.table = table }
    if buffers.count < Self.bufferLimit { buffers.append(buffer) }
    for fault in buffer.faults { add(fault) }
  }

  /// Adds one fault.
  public mutating func add(_ fault: RingFault) {
    switch fault.kind {
    case .loop, .nextOutOfRange, .headOutOfRange, .nestedIndirect, .indirectLength, .indirectEmpty,
      .addressWraps, .chainNotAvailable:
      facts.hasEnd = false
    default: break
    }
    if faults.count < Self.faultLimit { faults.append(fault) }
  }

  /// Walks a chain; `isWalked` stays false where memory does not hold it.
  mutating func walk(
    _ walk: consuming ChainWalk, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    var steps = 0
    facts.isWalked = true
    while steps < Self.walkLimit, let step = walk.next(in: memory) {
      steps &+= 1
      switch step {
      case .buffer(let buffer): add(buffer)
      case .fault(let fault) where fault.kind == .notBacked:
        facts.isWalked = false
        if case .descriptor = fault.place { isCut = true }
      case .fault(let fault): add(fault)
      }
    }
    facts.ringCount = max(walk.ringCount, 1)
    facts.tableHasWrite = walk.tableHasWrite
    if walk.layout.isPacked { facts.id = UInt32(walk.id) }
  }
}
