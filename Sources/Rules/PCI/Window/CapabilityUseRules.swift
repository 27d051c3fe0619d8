import Model
import VirtioSpec

/// A driver passes over capabilities of a reserved type.
///
/// Traps: the area may overlap one of a type that virtio knows, which then counts.
///
/// Spec: 4.1.4.1
struct PCICapDrvIgnoreReservedType: Rule {
  static let id = "pci.cap.drv-ignore-reserved-type"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    switch step.kind {
    case .readReservedArea, .writeReservedArea: break
    case .writeStatus:
      let layout = session.layout
      return layout.capabilities.contains { $0.capability.kind == nil } ? .held : .silent
    default: return .silent
    }
    let entry = session.layout.capabilities.first {
      Int32($0.capability.position) == step.queue && $0.capability.kind == nil
    }
    guard let entry else { return .silent }
    let deed = step.kind == .readReservedArea ? "reads from" : "writes to"
    return .broken(
      "driver \(deed) the area that the \(entry.capability.title) names, whose type is reserved",
      Evidence(entry.reference, "device tells the type \(entry.capability.type)"))
  }
}

/// A driver writes nothing into capabilities, but for the window's.
///
/// Traps: vendors' data may be written by who knows the vendor.
///
/// Spec: 4.1.4.1
struct PCICapDrvNoWrite: Rule {
  static let id = "pci.cap.drv-no-write"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let entry = session.capability(writtenBy: step), entry.capability.kind != .pci,
      entry.capability.kind != .vendor
    else { return .silent }
    return .broken(
      "driver writes to register \(hex(step.index, digits: 2)) of the \(entry.capability.title)",
      Evidence(entry.reference, "device tells the capability"))
  }
}

/// A driver looks at the vendor before it writes vendors' data.
///
/// Traps: the vendor may have been read long ago, when the bus was scanned.
///
/// Spec: 4.1.4.8.2
struct PCIVendorDrvCheckVendorID: Rule {
  static let id = "pci.vendor.drv-check-vendor-id"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let entry = session.capability(writtenBy: step), entry.capability.kind == .vendor else {
      return .silent
    }
    guard entry.capability.extra == nil else { return .held }
    // Only where the recording shows every access to the function.
    guard session.layout.identity?.isFresh == true else { return .undecidable(.startsMidLife) }
    return .broken(
      "driver writes to register \(hex(step.index, digits: 2)) of the \(entry.capability.title), "
        + "whose vendor_id nobody has read")
  }
}

extension Session {
  /// The capability of virtio that a configuration write goes into.
  func capability(writtenBy step: Transaction) -> PCILayout.Entry? {
    guard step.kind == .writePCIConfig else { return nil }
    let all = layout.capabilities.filter { Int($0.capability.position) <= Int(step.index) }
    guard let last = all.max(by: { $0.capability.position < $1.capability.position }) else {
      return nil
    }
    let size = last.capability.capLength ?? last.capability.kind?.capabilitySize ?? 16
    return Int(step.index) < Int(last.capability.position) + Int(size) ? last : nil
  }
}
