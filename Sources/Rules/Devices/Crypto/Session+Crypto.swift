import Model

extension Session {
  /// Judges a driver that sends its first request and did not read some masks of algorithms.
  func judgeAlgorithms(_ missing: [ConfigSpan]) -> Judgement {
    guard let services = cryptoServices else { return .silent }
    let offered = CryptoService.allCases.filter { $0.isIn(services) }
    let names = Set(missing.map(\.name))
    let unread = offered.filter { $0.masks.allSatisfy { names.contains($0.name) } }
    guard !unread.isEmpty else { return .held }
    guard unread.count == offered.count else { return .undecidable(.payloadNotCaptured) }
    return .broken(
      "driver notifies a queue without having read the algorithms "
        + "of \(offered.map(\.name).joined(separator: ", "))")
  }

  /// Judges a driver that sends its first request and did not read how long keys may be, which
  /// matters for `services`.
  func judgeKeyLength(_ missing: [ConfigSpan], of services: [CryptoService]) -> Judgement {
    guard let offered = cryptoServices, let field = missing.first,
      services.contains(where: { $0.isIn(offered) })
    else { return .silent }
    let isOnly = offered & ~services.reduce(0) { $0 | 1 << UInt64($1.rawValue) } == 0
    guard isOnly else { return .undecidable(.payloadNotCaptured) }
    return .broken("driver notifies a queue without having read \(field.name)")
  }
}
