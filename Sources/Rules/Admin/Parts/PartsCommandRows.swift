import Model
import VirtioSpec

/// Spec: 2.12.1.4.4.1. Traps: objects of other types have the four commands as well; a driver may know
/// the list from before.
struct PartsDevAllOrNone: AdminStatement {
  static let id = "admin.parts.dev-all-or-none"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard result.command.groupType == AdminGroupType.sriov, let list = result.opcodes else {
      return .silent
    }
    guard (UInt16(0xe)...0x11).contains(where: list.contains) else { return .silent }
    guard let missing = (UInt16(0xa)...0x11).first(where: { !list.contains($0) }) else {
      return .held
    }
    return .broken(
      "device lists commands about device parts, and not \(AdminOpcode(rawValue: missing).name)")
  }
}

/// A command that succeeded once succeeds again.
///
/// Trap: what passes, such as a reset of the member that is still on; a member that is gone.
protocol PartsRepeated: AdminStatement {
  static var opcode: AdminOpcode { get }
  /// Commands that succeeded, by what they hold.
  var done: [[UInt8]: RecordReference] { get set }
}

extension PartsRepeated {
  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    let command = result.command
    guard command.opcode == Self.opcode, command.isWhole, command.bytes.count <= 1 << 14 else {
      return .silent
    }
    if result.isOK {
      defer { if done.count < 64 { done[command.bytes] = result.reference } }
      return done[command.bytes] == nil ? .silent : .held
    }
    guard let before = done[command.bytes] else { return .silent }
    let object = command.object.flatMap(admin.object)
    guard !result.isTransient, result.status != .enxio, result.qualifier != .invalidMember,
      result.qualifier != .invalidGroup, result.qualifier != .noResource, admin.isPlain(command),
      object?.isAlive == true, object?.changedAt.isAfter(before) == false,
      Self.opcode == .partsGet || admin.isStopped(command) == .yes,
      admin.isAlone(command, { $0.opcode.rawValue >= 9 })
    else { return .undecidable(.causeNotRecorded) }
    return .broken(
      "device answers \(result.text) to \(command.opcode.name) of member \(command.member), which it "
        + "has done before",
      Evidence(before, "device does the same"))
  }
}

/// Spec: 2.12.1.4.4.1
struct PartsDevGetRepeatable: PartsRepeated {
  static let id = "admin.parts.dev-get-repeatable"
  static let opcode = AdminOpcode.partsGet
  var done: [[UInt8]: RecordReference] = [:]
}

/// Spec: 2.12.1.4.4.1
struct PartsDevSetRepeatable: PartsRepeated {
  static let id = "admin.parts.dev-set-repeatable"
  static let opcode = AdminOpcode.partsSet
  var done: [[UInt8]: RecordReference] = [:]
}

/// Spec: 2.12.1.4.4.1. Trap: features may be given in more or fewer words.
struct PartsDevSetLengthError: AdminStatement {
  static let id = "admin.parts.dev-set-length-error"

  func judge(_ result: AdminResult, _ admin: AdminState, _ session: Session) -> Judgement {
    guard result.command.opcode == .partsSet, let parts = result.command.parts?.all else {
      return .silent
    }
    let wrong = parts.first { part in part.fixedLength.map { Int(part.length) != $0 } ?? false }
    guard let wrong, let length = wrong.fixedLength else { return .silent }
    guard result.isOK else { return .held }
    return .broken(
      "device answers OK to DEV_PARTS_SET with \(wrong.length) bytes for \(wrong.title), which has "
        + "\(length)")
  }
}

/// What the device told of all parts, by what it was asked: the room that an answer takes.
///
/// Trap: a driver may ask with a small buffer on purpose, to learn the size, and a selection takes
/// less.
protocol PartsRoom: AdminStatement {
  var told: [UInt64: (bytes: UInt64, at: RecordReference)] { get set }
  /// The kind of metadata that tells the size.
  static var kind: UInt8 { get }
  static func bytes(_ number: UInt32) -> UInt64
  static func isBound(_ command: AdminCommand) -> Bool
}

extension PartsRoom {
  mutating func judge(
    _ result: AdminResult, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    let command = result.command
    guard command.opcode == .partsMetadataGet, command.partsKind == Self.kind,
      let number = result.partsNumber, told.count < 256
    else { return .silent }
    told[command.member] = (Self.bytes(number), result.reference)
    return .silent
  }

  mutating func judge(
    _ command: AdminCommand, _ admin: AdminState, _ session: Session
  ) -> Judgement {
    // Parts may change until the member is stopped.
    guard Self.isBound(command), let size = told[command.member] else { return .silent }
    guard command.writableLength < size.bytes else { return .held }
    return .broken(
      "driver gives \(command.opcode.name) of member \(command.member) room for "
        + "\(command.writableLength) bytes, and the answer takes up to \(size.bytes)",
      Evidence(size.at, "device tells how much there is"))
  }
}

/// Spec: 2.12.1.4.4.2
struct PartsDrvMetadataBuffer: PartsRoom {
  static let id = "admin.parts.drv-metadata-buffer"
  static let kind: UInt8 = 1
  var told: [UInt64: (bytes: UInt64, at: RecordReference)] = [:]

  // The status, the count, and a header of 16 bytes for each part.
  static func bytes(_ number: UInt32) -> UInt64 { 16 + UInt64(number) * 16 }

  static func isBound(_ command: AdminCommand) -> Bool {
    command.opcode == .partsMetadataGet && command.partsKind == 2
  }
}

/// Spec: 2.12.1.4.4.2
struct PartsDrvGetBuffer: PartsRoom {
  static let id = "admin.parts.drv-get-buffer"
  static let kind: UInt8 = 0
  var told: [UInt64: (bytes: UInt64, at: RecordReference)] = [:]

  // The status, and the parts.
  static func bytes(_ number: UInt32) -> UInt64 { 8 + UInt64(number) }

  static func isBound(_ command: AdminCommand) -> Bool {
    command.opcode == .partsGet && command.partsKind == 1
  }
}
