import Model
import VirtioSpec

/// One statement about a notification capability that holds for devices that offer
/// NOTIFICATION_DATA, or for those that do not: a row of a table.
protocol NotifyRow: Sendable {
  static var id: String { get }
  /// Whether the statement is about devices that offer NOTIFICATION_DATA.
  static var isForData: Bool { get }
  /// What is wrong with the capability; nil where nothing is, or where it was not read.
  static func fault(of capability: PCICapability) -> String?
}

/// The rule of a row: judges where the features are read, which decide by what it is judged.
///
/// Spec: 4.1.4.4.1
struct NotifyRule<Row: NotifyRow>: Rule {
  static var id: String { Row.id }
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isCommon(step), step.kind == .readDeviceFeatures, step.index == 1,
      step.hasValue, step.mask & 0x40 != 0,
      // Once for each device.
      session.previous?.everOffered.knows(38) != true, !session.offered.knows(38),
      (step.value & 0x40 != 0) == Row.isForData
    else { return .silent }
    let entries = session.layout.all(.notify)
    for entry in entries {
      guard let fault = Row.fault(of: entry.capability) else { continue }
      let offers = Row.isForData ? "offers" : "does not offer"
      return .broken(
        Breach(
          message: "device \(fault), and \(offers) \(session.featureName(38))",
          evidence: [Evidence(step.reference, "device tells its features 32 to 63")],
          place: entry.reference))
    }
    return entries.isEmpty ? .silent : .held
  }
}

enum NotifyDevOffsetAlign2: NotifyRow {
  static let id = "pci.notify.dev-offset-align-2"
  static let isForData = false

  static func fault(of capability: PCICapability) -> String? { capability.misplaced(2) }
}

enum NotifyDevOffsetAlign4: NotifyRow {
  static let id = "pci.notify.dev-offset-align-4"
  static let isForData = true

  static func fault(of capability: PCICapability) -> String? { capability.misplaced(4) }
}

/// Traps: "even power of 2" could mean powers of four; 2 is common, and no fault here.
enum NotifyDevMultiplier: NotifyRow {
  static let id = "pci.notify.dev-multiplier"
  static let isForData = false

  static func fault(of capability: PCICapability) -> String? {
    guard let multiplier = capability.extra, multiplier != 0 else { return nil }
    guard multiplier == 1 || multiplier.nonzeroBitCount != 1 else { return nil }
    return "has the notify_off_multiplier \(multiplier), which is no even power of 2"
  }
}

enum NotifyDevMultiplierData: NotifyRow {
  static let id = "pci.notify.dev-multiplier-data"
  static let isForData = true

  static func fault(of capability: PCICapability) -> String? {
    guard let multiplier = capability.extra, multiplier != 0 else { return nil }
    guard multiplier < 4 || multiplier.nonzeroBitCount != 1 else { return nil }
    return "has the notify_off_multiplier \(multiplier), which is no power of 2 and multiple of 4"
  }
}

enum NotifyDevLengthMin2: NotifyRow {
  static let id = "pci.notify.dev-length-min-2"
  static let isForData = false

  static func fault(of capability: PCICapability) -> String? { capability.short(2) }
}

enum NotifyDevLengthMin4: NotifyRow {
  static let id = "pci.notify.dev-length-min-4"
  static let isForData = true

  static func fault(of capability: PCICapability) -> String? { capability.short(4) }
}

extension PCICapability {
  fileprivate func misplaced(_ alignment: UInt64) -> String? {
    guard let offset, offset % alignment != 0 else { return nil }
    return "gives the notification structure the offset \(hex(offset)), which is not "
      + "\(alignment)-byte aligned"
  }

  fileprivate func short(_ need: UInt64) -> String? {
    guard let length, length < need else { return nil }
    return "gives the notification structure the length \(length), less than \(need)"
  }
}
