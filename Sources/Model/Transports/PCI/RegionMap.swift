/// Which structure lies at an address: disjoint ranges in order, and the one hit last.
///
/// An access that touches none of them, as most do in a recording of a whole machine, costs a
/// binary search and nothing else.
struct RegionMap: Sendable {
  private var starts: [UInt64] = []
  private var regions: [PCIRegion] = []
  private var recent = 0

  /// The region that holds `address`.
  mutating func find(_ address: UInt64) -> PCIRegion? {
    guard recent < regions.count else { return nil }
    let hit = regions[recent]
    if address >= hit.start, address <= hit.last { return hit }
    guard let place = place(of: address) else { return nil }
    let region = regions[place]
    guard address <= region.last else { return nil }
    recent = place
    return region
  }

  /// The last region that starts at or before `address`.
  private func place(of address: UInt64) -> Int? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) >> 1
      if starts[middle] <= address { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// Replaces everything; where two overlap, the one that stands later in `new` wins.
  mutating func replace(with new: [PCIRegion]) {
    regions.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    recent = 0
    let sorted = new.sorted { $0.start < $1.start }
    let isDisjoint = zip(sorted, sorted.dropFirst()).allSatisfy { $0.last < $1.start }
    if isDisjoint {
      regions = sorted
    } else {
      for region in new { lay(region) }
    }
    starts = regions.map(\.start)
  }

  /// Lays `region` over what is there and keeps what shows on either side.
  private mutating func lay(_ region: PCIRegion) {
    var first = 0
    while first < regions.count, regions[first].last < region.start { first += 1 }
    var end = first
    var pieces: [PCIRegion] = []
    var after: PCIRegion?
    while end < regions.count, regions[end].start <= region.last {
      let old = regions[end]
      if old.start < region.start {
        var left = old
        left.last = region.start - 1
        pieces.append(left)
      }
      if old.last > region.last {
        var right = old
        right.start = region.last + 1
        after = right
      }
      end += 1
    }
    pieces.append(region)
    if let after { pieces.append(after) }
    regions.replaceSubrange(first..<end, with: pieces)
  }
}
