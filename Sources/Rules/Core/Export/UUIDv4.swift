import Model

/// A device names the objects that it exports by version 4 UUIDs.
///
/// Judged where the recording holds the response of the device. Trap: the device type says how the
/// UUID lies in memory, and none says whether its fields begin with their highest byte, as RFC 4122
/// has them, or with the lowest.
///
/// Spec: 2.11
struct ExportUUIDv4: Rule {
  static let id = "core.export.uuid-v4"
  /// A name is wrong by itself, whatever came before it.
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard let uuid = ExportedUUID(step) else { return .undecidable(.payloadNotCaptured) }
    // What a later look finds in the buffer may be another's by then.
    guard !step.traits.contains(.fromSnapshot) else {
      return .undecidable(.memoryBetweenSnapshots)
    }
    if Self.isRandom(uuid) { return .held }
    if Self.isRandom(uuid.swapped) { return .undecidable(.byteOrderNotRecorded) }
    return .broken("device exports an object as \(uuid.text), which is \(Self.kind(uuid))")
  }

  private static func isRandom(_ uuid: ExportedUUID) -> Bool {
    uuid.hasVariant && uuid.version == 4
  }

  private static func kind(_ uuid: ExportedUUID) -> String {
    uuid.hasVariant ? "a UUID of version \(uuid.version), not 4" : "no UUID of RFC 4122"
  }
}
