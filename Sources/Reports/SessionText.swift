import Model
import VirtioSpec

extension Session {
  /// The interface as the report names it.
  var interfaceName: String {
    switch interface {
    case .legacy: "legacy"
    case .modern: "modern"
    case .none: "undetermined"
    }
  }

  /// Why the session counts as legacy or modern, with the record that decided.
  func interfaceReason(_ places: Places) -> String {
    guard interface != .none else { return "no access decided it" }
    let place = interfaceEvidence.isSet ? " (\(places.name(interfaceEvidence)))" : ""
    switch profile.transport {
    case .pci where interface == .modern:
      return "common configuration structure used\(place)"
    case .pci:
      let why = "legacy structure in BAR 0 used\(place)"
      return profile.hasTransitionalPCIID && profile.hasCommonConfiguration == .no
        ? "transitional device id \(hexadecimal(profile.pciDeviceID)) without a common configuration "
          + "capability; " + why
        : why
    case .mmio:
      return "Version register \(profile.mmioVersion)\(place)"
    case .ccw where revision >= 0:
      let set = revisionSet.isSet ? " (\(places.name(revisionSet)))" : ""
      return "revision \(revision) agreed\(set)"
    case .ccw:
      return "no revision set, which means revision 0\(place)"
    }
  }

  /// Time from the reset or first status write to DRIVER_OK, nil when it did not come to that.
  var initializationTime: Int64? {
    guard marks.driverOK.isSet, let first = statusHistory.first(where: \.isWrite)?.reference,
      first.record <= marks.driverOK.record
    else { return nil }
    return marks.driverOK.time &- first.time
  }

  /// The outcome in the words of the contract; `isLast` for a session that no reset ended.
  func outcomeName(isLast: Bool) -> String {
    let now = outcome
    // Nothing happened but a reset: the driver left the device as it found it.
    if !hasLife, marks.reset.isSet { return "reset" }
    return !isLast && now == "running" ? "reset" : now
  }

  /// `packed` when RING_PACKED was accepted, else `split`.
  var layoutName: String { accepted.contains(34) && interface == .modern ? "packed" : "split" }
}

extension Queue {
  /// What the queue is for, with a colon and a space; empty where that is not known.
  func role(in session: Session) -> String {
    switch session.virtqueueName(index) {
    case .named(let name): "\(name): "
    case .absent: "no virtqueue of this device with the accepted features: "
    case .unknown: ""
    }
  }
}

/// How places in an input are named.
struct Places {
  var areLines: Bool
  /// Time of the first record, to show times from the start.
  var start: Int64
  /// Time of the last record.
  var end: Int64
  /// Number of the last record.
  var last: UInt64

  init(_ summary: InputSummary) {
    areLines = summary.placesAreLines
    start = summary.firstTime ?? 0
    end = summary.lastTime ?? 0
    last = summary.records
  }

  /// `line 203` or `record 203`.
  func name(_ reference: RecordReference) -> String {
    areLines ? "line \(reference.location)" : "record \(reference.record)"
  }

  /// Seconds since the first record.
  func since(_ reference: RecordReference) -> String {
    seconds(reference.time &- start)
  }
}
