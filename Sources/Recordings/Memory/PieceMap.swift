/// Pieces of guest-physical memory in order of address, none over another.
struct PieceMap {
  private(set) var pieces: [MemoryPiece] = []

  init() {}

  /// The pieces as they are found in one file, in any order. Where two overlap, the one with the
  /// lower first address keeps its bytes.
  init(_ found: [MemoryPiece]) {
    let sorted = found.sorted { ($0.start, $0.last) < ($1.start, $1.last) }
    for piece in sorted {
      guard let end = pieces.last?.last, end >= piece.start else {
        append(piece)
        continue
      }
      if end < piece.last { append(piece.part(from: end &+ 1, to: piece.last)) }
    }
  }

  /// Appends a piece behind all others, joined to the last where it goes on from that.
  private mutating func append(_ piece: MemoryPiece) {
    if let before = pieces.last, before.continues(into: piece) {
      pieces[pieces.count &- 1].last = piece.last
    } else {
      pieces.append(piece)
    }
  }

  /// The piece that holds `address`.
  func piece(at address: UInt64) -> MemoryPiece? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = low &+ (high &- low) / 2
      if pieces[middle].start <= address { low = middle &+ 1 } else { high = middle }
    }
    guard low > 0, pieces[low &- 1].last >= address else { return nil }
    return pieces[low &- 1]
  }

  /// Lays `upper` over this map: where both have a byte, that of `upper` is seen.
  mutating func cover(with upper: PieceMap) {
    var result: [MemoryPiece] = []
    var index = 0
    for piece in pieces {
      while index < upper.pieces.count, upper.pieces[index].last < piece.start { index &+= 1 }
      Self.appendUncovered(of: piece, by: upper.pieces[index...], to: &result)
    }
    result += upper.pieces
    self = PieceMap(result)
  }

  /// Appends what of `piece` none of `covers` hides; these are in order, and the first may overlap.
  private static func appendUncovered(
    of piece: MemoryPiece, by covers: ArraySlice<MemoryPiece>, to result: inout [MemoryPiece]
  ) {
    var next = piece.start
    for cover in covers {
      guard cover.start <= piece.last else { break }
      if cover.start > next { result.append(piece.part(from: next, to: cover.start &- 1)) }
      guard cover.last < piece.last else { return }
      next = max(next, cover.last &+ 1)
    }
    result.append(piece.part(from: next, to: piece.last))
  }
}
