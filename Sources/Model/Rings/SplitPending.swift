/// Which entries of the available ring of a split queue are not yet used.
///
/// Memory holds the last `size` heads that were made available and the last `size` that were used,
/// but not how the two interleaved. Where the used ring repeats the available ring slot by slot, the
/// device works in order and the entries behind the used index are pending. Else a head is a
/// candidate when its last use stands before its last availability: with `u` and `a` their ring
/// indexes, `u >= a` proves that it was used since, as there were more than `u` available heads by
/// then. In the first round, counting is exact. More candidates than pending chains leave a choice:
/// those with fewer uses, and those that were not used for longest.
struct SplitPending {
  /// Ring indexes, oldest first.
  var positions: [UInt16] = []
  /// Memory leaves no other choice.
  var isCertain = true

  init(_ view: SplitQueueView, in memory: borrowing some GuestMemory & ~Copyable) {
    let pending = Int(view.pendingCount)
    let size = Int(view.layout.size)
    guard pending > 0, pending <= size else { return }
    if Self.isInOrder(view, in: memory) {
      positions = (0..<pending).map { view.usedIndex &+ UInt16(truncatingIfNeeded: $0) }
    } else {
      choose(view, in: memory)
    }
  }

  private static func isInOrder(
    _ view: SplitQueueView, in memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    var position = view.usedIndex
    for _ in 0..<Int(view.layout.size) - Int(view.pendingCount) {
      position &-= 1
      guard let head = view.head(at: position, in: memory),
        let used = view.usedID(at: position, in: memory)
      else { return true }
      if UInt32(head) != used { return false }
    }
    return true
  }

  private mutating func choose(
    _ view: SplitQueueView, in memory: borrowing some GuestMemory & ~Copyable
  ) {
    let size = Int(view.layout.size)
    let pending = Int(view.pendingCount)
    let isFirstRound = Self.isFirstRound(view, in: memory)
    var heads = [Head](repeating: Head(), count: size)
    for back in stride(from: 1, through: isFirstRound ? Int(view.usedIndex) : size, by: 1) {
      let position = view.usedIndex &- UInt16(truncatingIfNeeded: back)
      guard let id = view.usedID(at: position, in: memory), id < size else { continue }
      heads[Int(id)].balance -= 1
      if heads[Int(id)].lastUse == .min { heads[Int(id)].lastUse = -back }
    }
    for back in 1...(isFirstRound ? Int(view.availableIndex) : size) {
      let position = view.availableIndex &- UInt16(truncatingIfNeeded: back)
      guard let head = view.head(at: position, in: memory), head < size else { continue }
      heads[Int(head)].balance += 1
      if heads[Int(head)].offered == nil { heads[Int(head)].offered = pending - back }
    }
    let candidates = heads.filter { isFirstRound ? $0.balance > 0 : $0.mayBePending }
      .sorted { $0.isLikelier(than: $1) }
    isCertain = candidates.count <= pending
    positions = candidates.prefix(pending).compactMap(\.offered).sorted()
      .map { view.usedIndex &+ UInt16(truncatingIfNeeded: $0) }
  }

  /// Whether neither index came round yet, as far as the ring shows: the slots behind the available
  /// index still hold the zeros that they began with.
  private static func isFirstRound(
    _ view: SplitQueueView, in memory: borrowing some GuestMemory & ~Copyable
  ) -> Bool {
    guard view.availableIndex > 0, view.availableIndex <= view.layout.size,
      view.usedIndex < view.availableIndex
    else { return false }
    var position = view.availableIndex
    while position < view.layout.size {
      if view.head(at: position, in: memory) != 0 { return false }
      position &+= 1
    }
    return true
  }

  /// What the two rings say of one head; indexes count from the used index.
  private struct Head {
    var lastUse = Int.min
    var offered: Int?
    /// Times made available less times used.
    var balance = 0

    var mayBePending: Bool { offered.map { lastUse < $0 } ?? false }

    /// How long the head was not used before it was last made available.
    private var idle: Int {
      lastUse == .min ? .max : (offered ?? lastUse) - lastUse
    }

    func isLikelier(than other: Head) -> Bool {
      if idle == .max || other.idle == .max, idle != other.idle { return idle > other.idle }
      if balance != other.balance { return balance > other.balance }
      return idle != other.idle ? idle > other.idle : (offered ?? 0) > (other.offered ?? 0)
    }
  }
}
