public import VirtioSpec

/// The form that the data or the result of an administration command has, for its text.
///
///     opcodes=0x3f                          a list of numbers, 64 a word
///     offset=16 data=0300                   a legacy access
///     cap=0 data=0810                       a capability
///     type=0 object=3 flags=0x1 data=00     a resource object
///     part=0x100:1:0x0:8:0100000000000000   a part: type, flags, selector, length, value
///     entry=1:2:0x3000                      a place for notifications: flags, BAR, offset
///     size=16                               how many bytes, where zeros follow or are missing
///     bytes=001122                          anything that is none of it
public enum AdminForm: Equatable, Sendable {
  case list(String)
  case legacy(hasData: Bool)
  case capability(hasData: Bool)
  case object(hasFlags: Bool, hasData: Bool)
  case partsKind(hasList: Bool)
  case partsOfObject
  case mode
  case entries
  case number(String)
  case headers
  case parts
  case plain
  case none

  /// The form of the data of a command.
  public init(dataOf opcode: AdminOpcode) {
    switch opcode {
    case .listQuery, .legacyNotifyInfo, .capabilityList: self = .none
    case .listUse: self = .list("opcodes")
    case .legacyCommonWrite, .legacyDeviceWrite: self = .legacy(hasData: true)
    case .legacyCommonRead, .legacyDeviceRead: self = .legacy(hasData: false)
    case .deviceCapabilityGet: self = .capability(hasData: false)
    case .driverCapabilitySet: self = .capability(hasData: true)
    case .objectCreate, .objectModify, .objectQuery: self = .object(hasFlags: true, hasData: true)
    case .objectDestroy: self = .object(hasFlags: false, hasData: false)
    case .partsMetadataGet: self = .partsKind(hasList: false)
    case .partsGet: self = .partsKind(hasList: true)
    case .partsSet: self = .partsOfObject
    case .modeSet: self = .mode
    default: self = .plain
    }
  }

  /// The form of what a command returns.
  public init(resultOf command: AdminCommand) {
    switch command.opcode {
    case .listQuery: self = .list("opcodes")
    case .capabilityList: self = .list("caps")
    case .legacyNotifyInfo: self = .entries
    case .partsMetadataGet:
      self = command.partsKind == 2 ? .headers : .number(command.partsKind == 1 ? "count" : "total")
    case .partsGet: self = .parts
    default: self = .plain
    }
  }

  /// Bytes of which the text is written out.
  static var textLimit: Int { 512 }

  /// The words for `bytes`, each with a space before it; `isWhole` is false where more bytes belong to
  /// them, which the recording does not have.
  func text(of bytes: [UInt8], isWhole: Bool) -> String {
    guard !bytes.isEmpty else { return "" }
    guard isWhole, bytes.count <= Self.textLimit else {
      return " bytes=" + AdminWords.hexText(bytes.prefix(Self.textLimit))
    }
    let words = self.words(of: bytes)
    if let made = self.bytes(of: words) {
      if made == bytes { return words.text }
      let common = min(made.count, bytes.count)
      if made.prefix(common) == bytes.prefix(common),
        made.dropFirst(common).allSatisfy({ $0 == 0 }),
        bytes.dropFirst(common).allSatisfy({ $0 == 0 })
      {
        return words.text + " size=\(bytes.count)"
      }
    }
    return " bytes=" + AdminWords.hexText(bytes[...])
  }
}
