import Model
import VirtioSpec

/// A list of parts of a device's state, and where it stands.
struct PartsList {
  var parts: [AdminPart]
  var place: Place
  /// Parts that were asked for, where the device returns a selection; nil for all.
  var wanted: [AdminPart]?

  enum Place {
    /// Headers of parts that a driver asks for.
    case selection
    case set
    /// Headers that a device lists.
    case headers
    case values
  }

  /// `device returns`
  var deed: String {
    switch place {
    case .selection: "driver asks for"
    case .set: "driver sets"
    case .headers: "device lists"
    case .values: "device returns"
    }
  }

  /// The list names all that there is.
  var isAll: Bool { place == .headers || place == .values && wanted == nil }

  /// Whether the list may do without a part of `type`, because nobody asked for it.
  func mayLack(_ type: UInt16) -> Bool { !isAll && wanted?.contains { $0.type == type } != true }
}

/// A statement about each list of parts that a driver sends or a device returns.
protocol PartsStatement: AdminStatement {
  /// What the list means to the statement; nil for what is wrong with nothing.
  static func judge(_ list: PartsList, _ session: Session) -> Judgement
}

extension PartsStatement {
  func judge(_ command: AdminCommand, _ admin: AdminState, _ session: Session) -> Judgement {
    guard let parts = command.parts, !parts.all.isEmpty else { return .silent }
    let isSet = command.opcode == .partsSet
    return Self.judge(PartsList(parts: parts.all, place: isSet ? .set : .selection), session)
  }

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard let parts = result.parts, !parts.all.isEmpty else { return .silent }
    let isGet = result.command.opcode == .partsGet
    let isSelected = isGet && result.command.partsKind != 1
    let list = PartsList(
      parts: parts.all, place: isGet ? .values : .headers,
      wanted: isSelected ? result.command.parts?.all ?? [] : nil)
    return Self.judge(list, session)
  }
}

extension AdminPart {
  static var deviceFeatures: UInt16 { 0x100 }
  static var driverFeatures: UInt16 { 0x101 }
  static var commonConfiguration: UInt16 { 0x102 }
  static var status: UInt16 { 0x103 }
  static var queueSetup: UInt16 { 0x104 }
  static var queueNotification: UInt16 { 0x105 }

  /// `part 0x103 (DEVICE_STATUS)`
  var title: String {
    let names = [
      "DEV_FEATURES", "DRV_FEATURES", "PCI_COMMON_CFG", "DEVICE_STATUS", "VQ_CFG", "VQ_NOTIFY_CFG",
    ]
    let place = Int(type) - 0x100
    let name = names.indices.contains(place) ? " (\(names[place]))" : ""
    return "part \(hex(type, digits: 3))\(name)"
  }

  /// The place in the order of parts; nil for one that has none.
  var rank: UInt16? { (0x100...0x105).contains(type) ? type : nil }

  /// Bytes of the value where the specification fixes them.
  var fixedLength: Int? {
    switch type {
    case Self.commonConfiguration: CommonConfigurationField(rawValue: Int(offset))?.width
    case Self.status: 1
    case Self.queueSetup: 32
    case Self.queueNotification: 8
    default: nil
    }
  }
}
