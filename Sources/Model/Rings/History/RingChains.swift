/// The chains of one queue, by id: the outstanding ones, and those that were used and whose id was
/// not made available again.
///
/// A node a chain, reused with its id, so that a ring in use allocates nothing.
public struct RingChains: Sendable {
  private var nodes: [RingChain] = []
  private var buffers: [[RingBuffer]] = []
  /// For each id, and for each descriptor of the ring: 1 + its chain's node, 0 none.
  private var places: [Int32]
  private var owners: [Int32]
  /// The same for ids beyond the ring's size, which a packed ring may have.
  private var farPlaces: [UInt32: Int32] = [:]
  private var first: Int32 = -1
  private var last: Int32 = -1
  /// Chains that are outstanding.
  public private(set) var count: UInt32 = 0
  /// Descriptors of the ring that outstanding chains take.
  public private(set) var ringCount: UInt32 = 0
  /// Chains that the device used, and those of them that the driver must have taken back: a driver
  /// takes them in the order of use, and made the id or a descriptor of one available again.
  public private(set) var usedCount: UInt64 = 0
  public private(set) var takenCount: UInt64 = 0

  /// For a queue of `size` entries.
  init(size: UInt32) {
    places = Array(repeating: 0, count: Int(min(size, 32768)))
    owners = places
  }

  /// The chain that was last made available with `id`; nil where none was.
  public subscript(id: UInt32) -> RingChain? { node(id).map { nodes[$0] } }

  /// The outstanding chain with `id`.
  public func outstanding(_ id: UInt32) -> RingChain? {
    self[id].flatMap { $0.isOutstanding ? $0 : nil }
  }

  /// The buffers of the chain that was last made available with `id`, as far as they are kept.
  public func buffers(of id: UInt32) -> [RingBuffer] { node(id).map { buffers[$0] } ?? [] }

  /// The outstanding chain that was made available first.
  public var oldest: RingChain? { first >= 0 ? nodes[Int(first)] : nil }

  /// The outstanding chain that was made available last.
  public var newest: RingChain? { last >= 0 ? nodes[Int(last)] : nil }

  /// The outstanding chain that takes `descriptor` of the ring.
  public func owner(of descriptor: UInt32) -> RingChain? {
    guard descriptor < owners.count, owners[Int(descriptor)] > 0 else { return nil }
    let chain = nodes[Int(owners[Int(descriptor)]) - 1]
    return chain.isOutstanding ? chain : nil
  }

  /// Calls `body` with every outstanding chain and its buffers, oldest first, until it returns true;
  /// returns whether it did.
  public func firstOutstanding(_ body: (RingChain, [RingBuffer]) -> Bool) -> RingChain? {
    var place = first
    while place >= 0 {
      let chain = nodes[Int(place)]
      if body(chain, buffers[Int(place)]) { return chain }
      place = chain.after
    }
    return nil
  }

  /// The first used chain (whose id was not made available since) for which `body` is true.
  public func firstUsed(_ body: (RingChain, [RingBuffer]) -> Bool) -> RingChain? {
    for place in nodes.indices
    where !nodes[place].isOutstanding && body(nodes[place], buffers[place]) {
      return nodes[place]
    }
    return nil
  }

  private func node(_ id: UInt32) -> Int? {
    let place = id < places.count ? places[Int(id)] : farPlaces[id] ?? 0
    return place > 0 ? Int(place) &- 1 : nil
  }

  /// Takes a chain that was made available.
  mutating func expose(
    _ told: ToldChain, id: UInt32, at reference: RecordReference, isTimed: Bool = true,
    order: UInt64
  ) {
    let place: Int
    if let known = node(id) {
      place = known
      take(place)
      if nodes[place].isOutstanding { retire(place) }
      buffers[place].removeAll(keepingCapacity: true)
    } else {
      place = nodes.count
      nodes.append(RingChain(facts: told.facts, exposedAt: reference, order: order))
      buffers.append([])
      let mark = Int32(truncatingIfNeeded: place &+ 1)
      if id < places.count { places[Int(id)] = mark } else { farPlaces[id] = mark }
    }
    nodes[place] = RingChain(facts: told.facts, exposedAt: reference, order: order)
    nodes[place].isTimed = isTimed
    nodes[place].facts.id = id
    for buffer in told.buffers { buffers[place].append(buffer) }
    nodes[place].before = last
    if last >= 0 { nodes[Int(last)].after = Int32(place) } else { first = Int32(place) }
    last = Int32(place)
    count &+= 1
    ringCount &+= told.facts.ringCount
    own(place)
  }

  /// Notes which descriptors the chain takes.
  private mutating func own(_ place: Int) {
    let mark = Int32(truncatingIfNeeded: place &+ 1)
    let head = nodes[place].facts.head
    if head < owners.count { own(Int(head), mark) }
    for buffer in buffers[place] where buffer.table == nil && buffer.index < owners.count {
      own(Int(buffer.index), mark)
    }
  }

  private mutating func own(_ descriptor: Int, _ mark: Int32) {
    let old = owners[descriptor]
    guard old != mark else { return }
    if old > 0 { take(Int(old) &- 1) }
    owners[descriptor] = mark
  }

  /// Notes that the driver took a used chain back, and with it all that were used before.
  private mutating func take(_ place: Int) {
    if nodes[place].usedOrder > takenCount { takenCount = nodes[place].usedOrder }
  }

  /// Descriptors of the ring that chains take which are used and not known to be taken back.
  var untakenRingCount: UInt32 {
    nodes.reduce(0) { $1.usedOrder > takenCount ? $0 &+ $1.facts.ringCount : $0 }
  }

  /// The smallest number of descriptors of the ring that any chain takes.
  var smallestRingCount: UInt32 { nodes.map(\.facts.ringCount).min() ?? 1 }

  /// Takes the chain with `id` back from the device.
  ///
  /// - Parameter inOrder: all that were made available before it come back with it.
  /// - Returns: how many chains, and how many descriptors of the ring they take; nil where no
  ///   outstanding chain has the id.
  mutating func use(
    _ id: UInt32, length: UInt32, at reference: RecordReference, inOrder: Bool
  ) -> (chains: UInt32, descriptors: UInt32)? {
    guard let place = node(id), nodes[place].isOutstanding else { return nil }
    var result: (chains: UInt32, descriptors: UInt32) = (0, 0)
    let order = nodes[place].order
    while inOrder, first >= 0, nodes[Int(first)].order < order {
      result.chains &+= 1
      result.descriptors &+= nodes[Int(first)].facts.ringCount
      nodes[Int(first)].usedAt = reference
      retire(Int(first), isUsed: true)
    }
    result.chains &+= 1
    result.descriptors &+= nodes[place].facts.ringCount
    nodes[place].usedAt = reference
    nodes[place].usedLength = length
    retire(place, isUsed: true)
    return result
  }

  /// How many chains come back with `id` where buffers are used in order: itself and all that were
  /// made available before it; nil where no outstanding chain has the id.
  public func batch(endingWith id: UInt32) -> (chains: UInt32, descriptors: UInt32)? {
    guard let place = node(id), nodes[place].isOutstanding else { return nil }
    var result: (chains: UInt32, descriptors: UInt32) = (0, 0)
    var next = first
    while next >= 0 {
      result.chains &+= 1
      result.descriptors &+= nodes[Int(next)].facts.ringCount
      if Int(next) == place { return result }
      next = nodes[Int(next)].after
    }
    return nil
  }

  private mutating func retire(_ place: Int, isUsed: Bool = false) {
    if isUsed {
      usedCount &+= 1
      nodes[place].usedOrder = usedCount
    }
    let (before, after) = (nodes[place].before, nodes[place].after)
    if before >= 0 { nodes[Int(before)].after = after } else { first = after }
    if after >= 0 { nodes[Int(after)].before = before } else { last = before }
    nodes[place].before = -1
    nodes[place].after = -1
    nodes[place].isOutstanding = false
    count &-= 1
    ringCount &-= nodes[place].facts.ringCount
  }
}
