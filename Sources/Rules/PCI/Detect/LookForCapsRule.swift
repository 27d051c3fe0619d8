import Model

/// A driver scans the capability list before it uses what capabilities locate: a row for the plain
/// statement, and one for the requirement of a non-transitional driver.
protocol LookForCapsRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
}

/// The rule of a row.
///
/// Traps: the bus code of the system may have scanned the list long before, so the rule accuses only
/// where the recording shows every access to the function since nobody had placed it.
///
/// Spec: 4.1.5.1.1
struct LookForCapsRule<Row: LookForCapsRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()
  private var isJudged = false

  init() {}

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), !isJudged else { return .silent }
    isJudged = true
    let layout = session.layout
    guard layout.capabilities.isEmpty else { return .held }
    guard let identity = layout.identity, identity.isFresh, !identity.isScanned else {
      return .undecidable(.startsMidLife)
    }
    return .broken(
      "driver uses the common configuration although nobody has read the capability list",
      Evidence(layout.identityAt, "the ids of the device are read"))
  }
}

enum DetectCapsBeforeAccess: LookForCapsRow {
  static let id = "pci.detect.caps-before-access"
  static let coveredBy = ["pci.detect.nt-drv-look-for-caps"]
}

enum DetectNtDrvLookForCaps: LookForCapsRow {
  static let id = "pci.detect.nt-drv-look-for-caps"
  static let coveredBy: [String] = []
}
