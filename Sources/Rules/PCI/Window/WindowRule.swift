import Model
import VirtioSpec

/// Where the window of configuration access points while it is used.
struct WindowUse {
  var bar: Int32
  var offset: UInt64
  var length: UInt64
  var layout: PCILayout

  /// The place as messages write it.
  var place: String { "offset \(hex(offset)) of BAR \(bar)" }
}

/// One statement about the use of the window, as a row of a table.
protocol WindowRow: Sendable {
  static var id: String { get }
  static var coveredBy: [String] { get }
  static func judge(_ use: WindowUse) -> Judgement
}

extension WindowRow {
  static var coveredBy: [String] { [] }
}

/// The rule of a row: judges each access to pci_cfg_data.
///
/// Traps: bar, offset and length are written one after another, so that only their use is judged; a
/// dump of configuration space reads pci_cfg_data of a window that nobody set, which is no step.
///
/// Spec: 4.1.4.9
struct WindowRule<Row: WindowRow>: Rule {
  static var id: String { Row.id }
  static var coveredBy: [String] { Row.coveredBy }
  static var needsWholeLife: Bool { false }
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readWindow || step.kind == .writeWindow else { return .silent }
    return Row.judge(
      WindowUse(
        bar: step.queue, offset: UInt64(step.index), length: step.mask, layout: session.layout))
  }
}

enum WindowOffsetMultiple: WindowRow {
  static let id = "pci.cfgcap.drv-offset-multiple"

  static func judge(_ use: WindowUse) -> Judgement {
    guard use.length > 0 else { return .silent }
    guard use.offset % use.length != 0 else { return .held }
    return .broken(
      "driver uses the window at \(use.place), which is no multiple of its length \(use.length)")
  }
}

/// The same in other words, and the lengths that no access can have.
enum WindowAligned: WindowRow {
  static let id = "pci.cfgcap.drv-aligned"
  static let coveredBy = ["pci.cfgcap.drv-offset-multiple"]

  static func judge(_ use: WindowUse) -> Judgement {
    guard use.length > 0, use.offset % use.length != 0 || use.length > 4 || use.length == 3 else {
      return use.length > 0 ? .held : .silent
    }
    return .broken(
      "driver makes an access of \(use.length) bytes at \(use.place), which is not aligned")
  }
}

enum WindowLength124: WindowRow {
  static let id = "pci.cfgcap.drv-length-1-2-4"

  static func judge(_ use: WindowUse) -> Judgement {
    guard ![1, 2, 4].contains(use.length) else { return .held }
    return .broken("driver uses the window with a length of \(use.length) bytes")
  }
}

enum WindowInsideStructure: WindowRow {
  static let id = "pci.cfgcap.drv-inside-structure"
  static let coveredBy = ["pci.cap.drv-ignore-reserved-bar"]

  static func judge(_ use: WindowUse) -> Judgement {
    let others = use.layout.capabilities.map(\.capability).filter {
      $0.kind != .pci && $0.kind != .vendor
    }
    var isSure = use.layout.isComplete
    for capability in others {
      guard let bar = capability.bar, let start = capability.offset else {
        isSure = false
        continue
      }
      guard Int32(bar) == use.bar, use.offset >= start else { continue }
      guard let length = capability.length else {
        isSure = false
        continue
      }
      let end = (use.offset - start).addingReportingOverflow(use.length)
      if !end.overflow, end.partialValue <= length { return .held }
    }
    guard isSure else { return .undecidable(.topologyNotRecorded) }
    return .broken(
      "driver uses the window for \(use.length) bytes at \(use.place), which lie in no structure of "
        + "the device")
  }
}

/// Spec: 4.1.4.1. There is no other way to use a register that does not exist.
enum CapDrvIgnoreReservedBar: WindowRow {
  static let id = "pci.cap.drv-ignore-reserved-bar"

  static func judge(_ use: WindowUse) -> Judgement {
    let entry = use.layout.capabilities.first {
      $0.capability.bar.map { $0 > 5 } ?? false && $0.capability.bar.map(Int32.init) == use.bar
    }
    guard let entry else { return use.bar <= 5 ? .held : .silent }
    return .broken(
      "driver uses the \(entry.capability.title), which names the reserved BAR \(use.bar)",
      Evidence(entry.reference, "device tells BAR \(use.bar)"))
  }
}
