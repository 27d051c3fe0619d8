import Model
import VirtioSpec

/// One statement that the size of a buffer is no reason to fail a command.
protocol SizeAloneRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  /// The statement is about this difference.
  static func concerns(readable: UInt64, structure: UInt64) -> Bool
}

extension SizeAloneRow {
  static var coveredBy: [String] { [] }
}

/// The rule of such a row: a question that the device answered when it came in a buffer of one size is
/// not refused in a buffer of another.
///
/// Only questions that change nothing are compared, and only with themselves: all that both say is
/// the same, and nothing was listed anew between them.
///
/// Traps: data of which the length itself has a meaning; ENOMEM, which says that a list does not fit.
///
/// Spec: 2.13.1
struct SizeAloneRule<Row: SizeAloneRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  var tally = Tally()
  private var answered: [Question] = []

  private struct Question {
    var bytes: [UInt8]
    var readable: UInt64
    var writable: UInt64
    var at: RecordReference
  }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .adminResult, let result = session.told.result, result.doubt == nil,
      let question = Self.question(result)
    else { return .silent }
    let structure = UInt64(question.bytes.count)
    if result.isOK {
      answered.removeAll { $0.bytes == question.bytes && $0.readable == question.readable }
      if answered.count >= 32 { answered.removeFirst() }
      answered.append(question)
      return Row.concerns(readable: question.readable, structure: structure) ? .held : .silent
    }
    guard result.status == .einval, result.qualifier != .invalidOpcode,
      result.qualifier != .invalidGroup,
      Row.concerns(readable: question.readable, structure: structure),
      let before = answered.first(where: { $0.bytes == question.bytes && $0.readable == structure }
      ),
      before.readable != question.readable || before.writable != question.writable
    else { return .silent }
    return .broken(
      "device answers \(result.command.opcode.name) of \(question.readable) bytes to read and"
        + " \(question.writable) to write with \(result.answer), and answered the same of"
        + " \(before.readable) and \(before.writable)",
      Evidence(before.at, "device answers with OK"))
  }

  /// What the command asks, as long as its structure is; nil for a command that changes anything.
  private static func question(_ result: AdminResult) -> Question? {
    let command = result.command
    switch command.opcode {
    case .listQuery, .capabilityList, .deviceCapabilityGet: break
    default: return nil
    }
    let count = Int(24 + (command.opcode.dataLength ?? 0))
    guard command.isWhole || command.bytes.count >= count else { return nil }
    var bytes = Array(command.bytes.prefix(count))
    bytes += [UInt8](repeating: 0, count: count - bytes.count)
    return Question(
      bytes: bytes, readable: command.readableLength, writable: command.writableLength,
      at: result.reference)
  }
}

/// What lies beyond a short part for the device to read counts as zero.
enum ShortReadZero: SizeAloneRow {
  static let id = "admin.vq.dev-short-read-zero"
  static func concerns(readable: UInt64, structure: UInt64) -> Bool { readable < structure }
}

/// What the structure does not have is not looked at.
enum LongReadIgnore: SizeAloneRow {
  static let id = "admin.vq.dev-long-read-ignore"
  static func concerns(readable: UInt64, structure: UInt64) -> Bool { readable > structure }
}

/// No size of a part is by itself a reason to fail.
enum NoFailOnSize: SizeAloneRow {
  static let id = "admin.vq.dev-no-fail-on-size"
  static let coveredBy = ["admin.vq.dev-short-read-zero", "admin.vq.dev-long-read-ignore"]
  static func concerns(readable: UInt64, structure: UInt64) -> Bool { true }
}
