import Model
import VirtioSpec

extension PartsList {
  /// The first part that stands before one that belongs in front of it.
  fileprivate var inversion: (late: AdminPart, early: AdminPart)? {
    var highest: AdminPart?
    for part in parts {
      guard let rank = part.rank else { continue }
      if let before = highest, let other = before.rank, other > rank { return (part, before) }
      if highest?.rank ?? 0 <= rank { highest = part }
    }
    return nil
  }

  /// The first part of `types` that none of `needed` stands before, and which of them is missing.
  fileprivate func lacking(
    _ types: [UInt16], _ needed: [UInt16]
  ) -> (part: AdminPart, needed: AdminPart)? {
    var seen: Set<UInt16> = []
    for part in parts {
      if types.contains(part.type),
        let missing = needed.first(where: { !seen.contains($0) && !mayLack($0) })
      {
        var wanted = part
        wanted.type = missing
        return (part, wanted)
      }
      seen.insert(part.type)
    }
    return nil
  }

  fileprivate func judgeOrder() -> Judgement {
    guard let wrong = inversion else { return parts.count > 1 ? .held : .silent }
    return .broken("\(deed) \(wrong.late.title) behind \(wrong.early.title)")
  }

  fileprivate func judgePreceding(_ types: [UInt16], _ needed: [UInt16]) -> Judgement {
    guard place == .headers || place == .values,
      parts.contains(where: { types.contains($0.type) })
    else { return .silent }
    guard let wrong = lacking(types, needed) else { return .held }
    return .broken("\(deed) \(wrong.part.title) without \(wrong.needed.title) before it")
  }
}

/// Spec: 2.12.1.4.4.1. Trap: several parts of one type stand together.
struct PartsDevGetOrder: PartsStatement {
  static let id = "admin.parts.dev-get-order"
  static let coveredBy = [PartsDevOrderCommonAfterBoth.id, PartsDevOrderFeaturesFirst.id]

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    list.place == .values ? list.judgeOrder() : .silent
  }
}

/// Spec: 2.12.1.4.4.2. Traps: several parts of one type stand together; parts may be spread over
/// several commands.
struct PartsDrvSetOrder: PartsStatement {
  static let id = "admin.parts.drv-set-order"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    list.place == .set ? list.judgeOrder() : .silent
  }
}

/// Spec: 2.12.1.4.4.1. Trap: a selection without the part that should come first.
struct PartsDevOrderFeaturesFirst: PartsStatement {
  static let id = "admin.parts.dev-order-features-first"
  static let coveredBy = [PartsDevOrderCommonAfterBoth.id]

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    list.judgePreceding(
      [AdminPart.driverFeatures, AdminPart.commonConfiguration], [AdminPart.deviceFeatures])
  }
}

/// The same for one of the two; the text says it three times.
struct PartsDevOrderCommonAfterDev: PartsStatement {
  static let id = "admin.parts.dev-order-common-after-dev"
  static let coveredBy = [PartsDevOrderCommonAfterBoth.id]

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    list.judgePreceding([AdminPart.commonConfiguration], [AdminPart.deviceFeatures])
  }
}

/// Spec: 2.12.1.4.4.1. Trap: a selection without the parts that should come first.
struct PartsDevOrderCommonAfterBoth: PartsStatement {
  static let id = "admin.parts.dev-order-common-after-both"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    list.judgePreceding(
      [AdminPart.commonConfiguration], [AdminPart.deviceFeatures, AdminPart.driverFeatures])
  }
}

/// Spec: 2.12.1.4.4.1. Trap: the sentence has no keyword, and names one part that has no number.
struct PartsDevOrderStatus: PartsStatement {
  static let id = "admin.parts.dev-order-status"
  static let coveredBy = [PartsDevGetOrder.id]

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    guard list.place == .headers || list.place == .values,
      let status = list.parts.firstIndex(where: { $0.type == AdminPart.status })
    else { return .silent }
    let late = list.parts[status...].first {
      (AdminPart.deviceFeatures...AdminPart.commonConfiguration).contains($0.type)
    }
    guard let late else { return .held }
    return .broken("\(list.deed) \(late.title) behind \(list.parts[status].title)")
  }
}
