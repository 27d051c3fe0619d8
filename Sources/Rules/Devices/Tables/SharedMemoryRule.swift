import Model
import VirtioSpec

/// A rule about the ids of a device's shared memory regions.
///
/// On PCI the capability list names them; on MMIO a region is there when SHMSel chooses its id and
/// SHMLen then reads something else than all ones. Channel I/O has none.
///
/// Spec: 4.1.4.7; 4.2.2
protocol SharedMemoryRule: Rule {
  /// What is wrong with a region of that id; nil where nothing is.
  static func fault(_ id: UInt64, _ session: Session) -> String?
  /// The ids are judged as soon as a driver has driven the device so far.
  static func isReady(_ session: Session) -> Bool
  var watch: SharedMemoryWatch { get set }
}

/// What the registers of an MMIO device show of its shared memory.
struct SharedMemoryWatch: Sendable {
  private var selected: UInt64?
  private var low: UInt64?
  var isJudged = false

  /// A region that was asked for.
  struct Answer {
    var id: UInt64
    var isThere: Bool
  }

  /// Takes an access; returns the answer when `step` completes one.
  mutating func take(_ step: Transaction, _ session: Session) -> Answer? {
    guard session.profile.transport == .mmio, step.hasValue else { return nil }
    switch (step.kind, step.index) {
    case (.writeRegister, UInt32(MMIORegister.shmSel.rawValue)):
      selected = step.value
      low = nil
    case (.readRegister, UInt32(MMIORegister.shmLenLow.rawValue)): low = step.value
    case (.readRegister, UInt32(MMIORegister.shmLenHigh.rawValue)):
      guard let selected, let low else { return nil }
      let isThere = low != 0xffff_ffff || step.value != 0xffff_ffff
      return Answer(id: selected, isThere: isThere)
    default: break
    }
    return nil
  }
}

extension SharedMemoryRule {
  static var needsWholeLife: Bool { false }
  static func isReady(_ session: Session) -> Bool { true }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    if let answer = watch.take(step, session) {
      guard answer.isThere else { return .silent }
      return Self.judge(answer.id, session)
    }
    guard session.profile.transport == .pci, step.kind == .writeStatus, step.hasValue,
      step.value != 0, !watch.isJudged, Self.isReady(session)
    else { return .silent }
    let regions = session.profile.sharedMemory
    watch.isJudged = session.profile.capabilityListComplete
    if let id = regions.first(where: { Self.fault(UInt64($0), session) != nil }) {
      watch.isJudged = true
      return Self.judge(UInt64(id), session)
    }
    guard watch.isJudged else { return .undecidable(.topologyNotRecorded) }
    return regions.isEmpty ? .silent : .held
  }

  private static func judge(_ id: UInt64, _ session: Session) -> Judgement {
    guard let fault = fault(id, session) else { return .held }
    return .broken("device has a shared memory region \(id), \(fault)")
  }
}
