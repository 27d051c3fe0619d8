import Model
import VirtioSpec

/// Which command a message is about, with the length that the device gave.
private func used(_ result: AdminResult, _ length: UInt32) -> String {
  "device gives length \(length) for \(result.command.opcode.name)"
}

/// A statement about the length that a device gives when it uses the buffer of a command.
///
/// What is in the buffer need not be recorded for it.
protocol AdminLengthRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  static func judge(_ result: AdminResult, length: UInt32) -> Judgement
}

extension AdminLengthRow {
  static var coveredBy: [String] { [] }
}

/// The rule of such a row.
struct AdminLengthRule<Row: AdminLengthRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, let length = result.length
    else { return .silent }
    return Row.judge(result, length: length)
  }
}

/// A device gives up what does not fit the part for it to write.
///
/// Traps: that a list of parts does not fit is an error of its own, ENOMEM.
///
/// Spec: 2.13.1
enum ShortWriteDiscard: AdminLengthRow {
  static let id = "admin.vq.dev-short-write-discard"

  static func judge(_ result: AdminResult, length: UInt32) -> Judgement {
    if UInt64(length) <= result.command.writableLength { return .held }
    return .broken(
      used(result, length) + ", which has \(result.command.writableLength) bytes for it to write",
      Evidence(result.command.reference, "driver sends the command"))
  }
}

/// A device writes what the command returns, and gives the length that it wrote.
///
/// Traps: results of no fixed length; what a newer version of the specification adds at the end.
///
/// Spec: 2.13.1
enum LongWriteUsedLength: AdminLengthRow {
  static let id = "admin.vq.dev-long-write-used-len"

  static func judge(_ result: AdminResult, length: UInt32) -> Judgement {
    if result.isFound { return .undecidable(.memoryBetweenSnapshots) }
    if result.written.count > Int(length) {
      return .broken(
        used(result, length) + " and writes \(result.written.count) bytes from the start of the"
          + " buffer",
        Evidence(result.command.reference, "driver sends the command"))
    }
    guard result.isKnown else { return .undecidable(.payloadNotCaptured) }
    return result.command.opcode.hasNoResult && length > 8
      ? .undecidable(.newerSpecification) : .held
  }
}

/// A device initializes its part up to the end of the structure, or of the buffer.
///
/// Traps: what it initializes with is no matter; a buffer that is shorter than the structure ends it.
///
/// Spec: 2.13.1
enum InitWritable: AdminLengthRow {
  static let id = "admin.vq.dev-init-writable"
  static let coveredBy = ["admin.vq.dev-init-status"]

  static func judge(_ result: AdminResult, length: UInt32) -> Judgement {
    guard result.command.isKnown else { return .undecidable(.payloadNotCaptured) }
    guard length >= 4 || result.command.writableLength < 4 else {
      return short(result, length, 8)
    }
    if let reason = result.doubt { return .undecidable(reason) }
    return short(result, length, 8 + (result.isOK ? result.command.opcode.resultLength : 0))
  }

  private static func short(
    _ result: AdminResult, _ length: UInt32, _ structure: UInt64
  ) -> Judgement {
    let due = min(structure, result.command.writableLength)
    if UInt64(length) >= due { return .held }
    return .broken(
      used(result, length) + ", of which the structure has \(structure) bytes and the buffer"
        + " \(result.command.writableLength)",
      Evidence(result.command.reference, "driver sends the command"))
  }
}

/// What a device initializes is a multiple of 8 bytes.
///
/// Traps: a buffer of another size ends it, as one that is shorter than the structure does.
///
/// Spec: 2.13.1
enum InitMultiple8: AdminLengthRow {
  static let id = "admin.vq.dev-init-multiple-8"
  static let coveredBy = ["admin.vq.dev-init-status"]

  static func judge(_ result: AdminResult, length: UInt32) -> Judgement {
    let room = result.command.writableLength
    guard room % 8 == 0 else { return .silent }
    if length % 8 == 0 || UInt64(length) >= room { return .held }
    return .broken(
      used(result, length) + ", which is no multiple of 8",
      Evidence(result.command.reference, "driver sends the command"))
  }
}

/// A device writes status and status_qualifier, whatever becomes of the command.
///
/// Traps: bytes that the driver had cleared look like a status of 0.
///
/// Spec: 2.13.1
enum InitStatus: AdminLengthRow {
  static let id = "admin.vq.dev-init-status"

  static func judge(_ result: AdminResult, length: UInt32) -> Judgement {
    guard result.command.writableLength >= 4 else { return .silent }
    if length >= 4 { return .held }
    return .broken(
      used(result, length) + ", which leaves status and status_qualifier unwritten",
      Evidence(result.command.reference, "driver sends the command"))
  }
}
