import Model
import VirtioSpec

/// Spec: 2.14
struct PartsHdrReservedZero: PartsStatement {
  static let id = "admin.parts.hdr-reserved-zero"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    for part in list.parts {
      if part.reserved != 0 {
        return .broken(
          "\(list.deed) \(part.title) with reserved byte \(hex(part.reserved, digits: 2))")
      }
      guard let used = usedBits(part.type), part.selector & ~used != 0 else { continue }
      return .broken("\(list.deed) \(part.title) with selector \(hex(part.selector))")
    }
    return .held
  }

  /// The bits of the selector that have a meaning; nil where the device type says which.
  private static func usedBits(_ type: UInt16) -> UInt64? {
    switch type {
    case AdminPart.commonConfiguration: 0xffff_ffff
    case AdminPart.queueSetup, AdminPart.queueNotification: 0xffff
    case AdminPart.deviceFeatures, AdminPart.driverFeatures, AdminPart.status: 0
    default: nil
    }
  }
}

/// Spec: 2.14. Traps: the common range ends at 0x1ff in one place and at 0x2ff in another; a device may
/// have parts of a later version, which its driver gives back as they came.
struct PartsTypeRange: AdminStatement {
  static let id = "admin.parts.type-range"
  private var told: Set<UInt16> = []

  mutating func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    guard let parts = command.parts?.all, !parts.isEmpty else { return .silent }
    let unknown = parts.filter { !Self.isDefined($0.type) }
    guard !unknown.isEmpty else { return .held }
    // Parts may come from another device, to which the state moved.
    guard command.opcode == .partsGet, let first = unknown.first(where: { !told.contains($0.type) })
    else { return .undecidable(.newerSpecification) }
    return .broken("driver asks for \(first.title), which nothing defines and no device listed")
  }

  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    guard let parts = result.parts?.all, !parts.isEmpty else { return .silent }
    let unknown = parts.filter { !Self.isDefined($0.type) }
    for part in unknown where told.count < 1024 { told.insert(part.type) }
    return unknown.isEmpty ? .held : .undecidable(.newerSpecification)
  }

  private static func isDefined(_ type: UInt16) -> Bool {
    (0x100...0x105).contains(type) || (0x200...0x5ff).contains(type)
  }
}

/// Spec: 2.14.1.1
struct PartsSingleFeatures: PartsStatement {
  static let id = "admin.parts.single-features"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    var seen: Set<UInt16> = []
    for part in list.parts {
      guard
        [AdminPart.deviceFeatures, AdminPart.driverFeatures, AdminPart.status]
          .contains(part.type)
      else { continue }
      guard seen.insert(part.type).inserted else {
        return .broken("\(list.deed) \(part.title) twice")
      }
    }
    return seen.isEmpty ? .silent : .held
  }
}

/// Spec: 2.14.1.1. Headers by which a driver asks need no flags.
struct PartsDevFeaturesOptionalFlag: PartsStatement {
  static let id = "admin.parts.dev-features-optional-flag"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    guard list.place != .selection,
      let part = list.parts.first(where: { $0.type == AdminPart.deviceFeatures })
    else { return .silent }
    guard !part.isOptional else { return .held }
    return .broken("\(list.deed) \(part.title) without the flag OPTIONAL")
  }
}

/// Spec: 2.14.1.3. Fields behind those that are known may be of a later version.
struct PartsCommonOffsetUnique: PartsStatement {
  static let id = "admin.parts.common-offset-unique"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    var seen: Set<UInt32> = []
    var isNewer = false
    for part in list.parts where part.type == AdminPart.commonConfiguration {
      let place = "offset \(hex(part.offset, digits: 2))"
      guard seen.insert(part.offset).inserted else {
        return .broken("\(list.deed) \(part.title) for \(place) twice")
      }
      guard let field = CommonConfigurationField(rawValue: Int(part.offset)) else {
        isNewer = isNewer || part.offset >= 64
        if isNewer { continue }
        return .broken("\(list.deed) \(part.title) for \(place), where no field begins")
      }
      guard list.place != .selection, Int(part.length) != field.width else { continue }
      return .broken(
        "\(list.deed) \(part.title) for \(field.name) with \(part.length) bytes, and the field has "
          + "\(field.width)")
    }
    return isNewer ? .undecidable(.newerSpecification) : seen.isEmpty ? .silent : .held
  }
}

/// Spec: 2.14.1.5
struct PartsVQIndexUnique: PartsStatement {
  static let id = "admin.parts.vq-index-unique"

  static func judge(_ list: PartsList, _ session: Session) -> Judgement {
    var seen: [UInt16: Set<UInt16>] = [:]
    for part in list.parts
    where part.type == AdminPart.queueSetup || part.type == AdminPart.queueNotification {
      guard seen[part.type, default: []].insert(part.queue).inserted else {
        return .broken("\(list.deed) \(part.title) for queue \(part.queue) twice")
      }
    }
    return seen.isEmpty ? .silent : .held
  }
}
