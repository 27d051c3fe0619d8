/// What driver and device said to each other about the commands of one group type.
///
/// Spec: 2.12.1, LIST_QUERY and LIST_USE
public struct AdminGroup: Sendable {
  public var type: UInt16
  /// What the device listed last in this life; nil while it did not.
  public internal(set) var reported: AdminBitmap?
  public internal(set) var reportedAt = RecordReference.none
  /// Everything that the device listed, in this life or an earlier one.
  public internal(set) var everReported = AdminBitmap()
  /// The last list of an earlier life or this one.
  public internal(set) var lastReportedAt = RecordReference.none
  /// The device said, in answer to a LIST_QUERY in this life, that it has no such group, and did not
  /// say otherwise since.
  public internal(set) var refusedAt = RecordReference.none
  /// What the last LIST_USE that succeeded in this life set; nil while there is none.
  public internal(set) var used: AdminBitmap?
  public internal(set) var usedAt = RecordReference.none
  /// Which commands are legal is known; false after a LIST_USE of which the end is not known.
  public internal(set) var isUsedKnown = true
  /// Lists that a LIST_USE of an earlier life set, and when; at most `historyLimit`.
  public internal(set) var earlier: [(list: AdminBitmap, at: RecordReference)] = []

  static var historyLimit: Int { 8 }

  init(_ type: UInt16) { self.type = type }

  /// Whether the device has to take a command with `opcode`; nil where that is not known.
  public func isLegal(_ opcode: UInt16) -> Bool? {
    guard isUsedKnown else { return nil }
    return used.map { $0.contains(opcode) } ?? (opcode <= 1)
  }

  mutating func report(_ list: AdminBitmap, at reference: RecordReference) {
    refusedAt = .none
    reported = list
    reportedAt = reference
    lastReportedAt = reference
    everReported = everReported.union(list)
  }

  mutating func use(_ list: AdminBitmap?, at reference: RecordReference) {
    isUsedKnown = list != nil
    used = list
    usedAt = reference
  }

  /// What is left of it after a reset of the device.
  var afterReset: AdminGroup {
    var next = AdminGroup(type)
    next.everReported = everReported
    next.lastReportedAt = lastReportedAt
    next.earlier = earlier
    if let used, !earlier.contains(where: { $0.list == used }) {
      if next.earlier.count >= Self.historyLimit { next.earlier.removeFirst() }
      next.earlier.append((used, usedAt))
    }
    return next
  }
}
