/// Questions about single chains, asked where they are: `chains` is a copy of all.
extension RingState {
  /// The chain that was last made available with `id`; nil where none was.
  public func chain(_ id: UInt32) -> RingChain? { lendChains { $0[id] } }

  /// The outstanding chain with `id`.
  public func outstanding(_ id: UInt32) -> RingChain? { lendChains { $0.outstanding(id) } }

  /// The outstanding chain that takes `descriptor` of the ring.
  public func owner(of descriptor: UInt32) -> RingChain? {
    lendChains { $0.owner(of: descriptor) }
  }

  /// The buffers of the chain that was last made available with `id`, as far as they are kept.
  public func buffers(of id: UInt32) -> [RingBuffer] { lendChains { $0.buffers(of: id) } }

  /// The outstanding chain that was made available first.
  public var oldest: RingChain? { lendChains { $0.oldest } }

  /// Chains that are outstanding.
  public var outstandingCount: UInt32 { lendChains { $0.count } }

  /// The first outstanding chain for which `body` is true, oldest first.
  public func firstOutstanding(_ body: (RingChain, [RingBuffer]) -> Bool) -> RingChain? {
    lendChains { $0.firstOutstanding(body) }
  }
}
