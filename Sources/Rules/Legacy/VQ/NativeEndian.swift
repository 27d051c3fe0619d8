import Model

/// Legacy rings are in the byte order of the guest, on both sides.
///
/// Traps: in a little-endian guest, and where the byte order is not known, nothing can be seen of it.
///
/// Spec: 2.7.3
struct NativeEndian: Rule {
  static let id = "legacy.vq.native-endian"
  static let coveredBy = [DetectDevByVersion1.id, DevHighFeaturesUnacked.id]
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .availableIndex || step.kind == .usedIndex,
      session.ringLayout(step.queue)?.isBigEndian == true, let ring = session.ring(step.queue)
    else { return .silent }
    let isUsed = step.kind == .usedIndex
    guard isUsed ? ring.isUsedKnown : ring.isAvailableKnown else { return .silent }
    let new = UInt16(truncatingIfNeeded: step.value)
    guard ring.looksSwapped(new, after: isUsed ? ring.usedIndex : ring.availableIndex) else {
      return .held
    }
    return .broken(
      "\(isUsed ? "device" : "driver") writes \(isUsed ? "used" : "available") index"
        + " \(new.byteSwapped) of queue \(step.queue) little-endian, where the guest is big-endian")
  }
}
