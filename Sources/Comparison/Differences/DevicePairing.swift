import VirtioSpec

/// Finds which devices of two recordings belong together.
public struct DevicePairing: Sendable {
  /// Places in the two runs; nil where the other has no such device.
  public var good: Int?
  public var bad: Int?
  public var reason: Reason

  public enum Reason: String, Sendable {
    /// The same place, transport and type.
    case location
    /// The same transport and type, in another place.
    case type
    /// The same type on another transport.
    case transport
    /// Somebody said so.
    case option
    case unpaired
  }

  /// Pairs the devices of two runs, each at most once.
  ///
  /// - Parameter named: ids that belong together whatever they look like.
  static func pair(
    _ good: [ComparedDevice], _ bad: [ComparedDevice], named: [(good: String, bad: String)]
  ) -> [DevicePairing] {
    var pairs: [DevicePairing] = []
    var freeGood = good.indices.filter { good[$0].isWorthComparing }
    var freeBad = bad.indices.filter { bad[$0].isWorthComparing }
    for (goodID, badID) in named {
      guard let i = good.firstIndex(where: { $0.id == goodID }),
        let j = bad.firstIndex(where: { $0.id == badID })
      else { continue }
      freeGood.removeAll { $0 == i }
      freeBad.removeAll { $0 == j }
      pairs.append(DevicePairing(good: i, bad: j, reason: .option))
    }
    for pass in Pass.allCases {
      for (i, j) in match(freeGood, freeBad, by: pass, good, bad) {
        freeGood.removeAll { $0 == i }
        freeBad.removeAll { $0 == j }
        pairs.append(DevicePairing(good: i, bad: j, reason: pass.reason))
      }
    }
    pairs += freeGood.map { DevicePairing(good: $0, bad: nil, reason: .unpaired) }
    pairs += freeBad.map { DevicePairing(good: nil, bad: $0, reason: .unpaired) }
    return pairs.sorted {
      ($0.good ?? Int.max, $0.bad ?? 0) < ($1.good ?? Int.max, $1.bad ?? 0)
    }
  }

  /// What devices have to have in common, the strictest first.
  private enum Pass: CaseIterable {
    case sameDevice
    case samePlace
    case sameKind
    case sameType

    var reason: Reason {
      switch self {
      case .sameDevice, .samePlace: .location
      case .sameKind: .type
      case .sameType: .transport
      }
    }

    /// What is compared; nil for a device that this cannot tell.
    func key(_ device: ComparedDevice) -> String? {
      let kind = "\(device.transport.name)/\(device.typeName)"
      return switch self {
      case .sameDevice: "\(kind)/\(device.id)"
      case .samePlace: "\(device.transport.name)/\(device.id)"
      case .sameKind: device.type == nil ? nil : kind
      case .sameType: device.type == nil ? nil : device.typeName
      }
    }

    /// A place alone is enough where one recording does not tell the type.
    func fits(_ a: ComparedDevice, _ b: ComparedDevice) -> Bool {
      self != .samePlace || a.type == nil || b.type == nil
    }
  }

  private static func match(
    _ freeGood: [Int], _ freeBad: [Int], by pass: Pass, _ good: [ComparedDevice],
    _ bad: [ComparedDevice]
  ) -> [(Int, Int)] {
    var waiting: [String: [Int]] = [:]
    for j in freeBad.reversed() {
      if let key = pass.key(bad[j]) { waiting[key, default: []].append(j) }
    }
    var pairs: [(Int, Int)] = []
    for i in freeGood {
      guard let key = pass.key(good[i]), let j = waiting[key]?.last, pass.fits(good[i], bad[j])
      else { continue }
      waiting[key]?.removeLast()
      pairs.append((i, j))
    }
    return pairs
  }
}

extension ComparedDevice {
  /// Anything is known of it that can be compared.
  var isWorthComparing: Bool {
    !lives.isEmpty || !facts.isEmpty || type != nil && !isFromHint
  }
}
