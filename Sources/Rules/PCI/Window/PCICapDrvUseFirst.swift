import Model
import VirtioSpec

/// A driver uses the first structure of each type that it can support.
///
/// Judged of lives that came to DRIVER_OK, where the two structures lie in one base address register
/// in memory: whoever can use one there can use the other. Traps: the first one may lie elsewhere, at
/// ports for example, where the driver does not get; it may be too short, or at an odd place.
///
/// Spec: 4.1.4.1
struct PCICapDrvUseFirst: Rule {
  static let id = "pci.cap.drv-use-first"
  var tally = Tally()
  /// What was used of the types that there are several structures of.
  private var used: [Use] = []

  private struct Use: Sendable {
    var type: UInt32
    var position: Int32
    var first: Int32
    var place: RecordReference
  }

  /// More than a list has room for.
  private static var limit: Int { 64 }

  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .structureUsed, used.count < Self.limit else { return .silent }
    used.append(
      Use(
        type: step.index, position: step.queue,
        first: Int32(truncatingIfNeeded: step.value), place: step.reference))
    return .silent
  }

  func conclude(_ session: Session, end: SessionEnd) -> Judgement {
    guard session.marks.driverOK.isSet, !used.isEmpty else { return .silent }
    var result = Judgement.held
    for use in used where use.position != use.first {
      if used.contains(where: { $0.type == use.type && $0.position == use.first }) { continue }
      let judgement = judge(use, session)
      if case .broken = judgement { return judgement }
      result = judgement
    }
    return result
  }

  private func judge(_ use: Use, _ session: Session) -> Judgement {
    let all = session.layout.capabilities
    guard let first = all.first(where: { Int32($0.capability.position) == use.first }),
      let other = all.first(where: { Int32($0.capability.position) == use.position }),
      Self.serves(first.capability, as: other.capability, session)
    else { return .undecidable(.abilitiesNotRecorded) }
    let place = hex(UInt64(first.capability.position), digits: 2)
    return .broken(
      Breach(
        message: "driver uses the structure of the \(other.capability.title), and not of the first "
          + "of its type, at register \(place)",
        evidence: [
          Evidence(first.reference, "device tells the first capability"),
          Evidence(other.reference, "device tells the other one"),
        ], place: use.place))
  }

  /// Whether a driver that can use `other` can use `first`.
  private static func serves(
    _ first: PCICapability, as other: PCICapability, _ session: Session
  ) -> Bool {
    guard let index = first.bar, index == other.bar, let bar = session.layout.bar(Int(index)),
      bar.kind == .memory32 || bar.kind == .memory64, let size = bar.size,
      let offset = first.offset, let length = first.length, let needed = other.length,
      offset <= size, length <= size - offset, length >= needed, offset % 4 == 0,
      let capability = first.capLength
    else { return false }
    return capability >= first.kind?.capabilitySize ?? 16
      && first.extra == other.extra
  }
}
