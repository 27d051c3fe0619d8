import Model
import VirtioSpec

/// A rule that fields of a device's configuration go together.
///
/// Judged when one of them is read and the others are known. Only for what the modern interface
/// shows.
protocol CrossFieldRule: ConfigRule {
  static var fields: [ConfigSpan] { get }
  /// `values` are those of `fields`, nil where not known.
  static func judge(_ values: [UInt64?], _ session: Session) -> Judgement
}

extension CrossFieldRule {
  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig, step.hasValue, step.isAccepted, step.interface != .legacy,
      Self.fields.contains(where: { $0.isProper(step, in: session) })
    else { return .silent }
    switch Self.applies(to: session) {
    case .no: return .silent
    case .unknown: return .undecidable(.featuresNotRead)
    case .yes: return Self.judge(Self.fields.map { session.lastRead($0, with: step) }, session)
    }
  }
}
