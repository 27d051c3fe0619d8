import Model
public import Rules

/// Findings by the device and record that they are about, for filters that ask for them and for screens
/// that list them.
///
/// A look-up is a binary search in a flat array: nothing is allocated for a record.
public struct FindingIndex: Sendable {
  /// Findings that are reported: in the order of their records where they were taken at once, else in
  /// that in which they were added.
  public private(set) var findings: [Finding] = []
  /// One entry for the first and one for the last record of each finding, in their order.
  private var entries: [Entry] = []
  /// An entry for each record that proves something.
  private var proofs: [Entry] = []
  /// Findings of each device, by severity.
  private var counts: [Int32: SeverityCounts] = [:]
  /// What was taken, and its places in the order of `findings`.
  private var source: (count: Int, absorbed: Int) = (0, 0)
  private var order: [Int] = []

  private struct Entry: Sendable, BitwiseCopyable {
    var record: UInt64
    var device: Int32
    var place: Int32

    static func precedes(_ a: Entry, _ b: Entry) -> Bool {
      (a.record, a.device, a.place) < (b.record, b.device, b.place)
    }
  }

  public init() {}

  public init(_ findings: some Sequence<Finding>) {
    for finding in findings where !finding.isAbsorbed { append(finding) }
    entries.sort(by: Entry.precedes)
  }

  // MARK: filling

  /// Takes all findings that there are by now.
  public mutating func take(_ all: [Finding]) {
    let shape = (all.count, all.count { $0.isAbsorbed })
    if shape == source, order.count == findings.count {
      // A finding that repeats changes its count and its last record, and its place stays.
      return repeated(order.map { all[$0] })
    }
    source = shape
    order = all.indices.filter { !all[$0].isAbsorbed }.sorted {
      (all[$0].reference, all[$0].device, $0) < (all[$1].reference, all[$1].device, $1)
    }
    findings = []
    entries.removeAll(keepingCapacity: true)
    proofs.removeAll(keepingCapacity: true)
    counts.removeAll()
    for place in order { append(all[place]) }
    entries.sort(by: Entry.precedes)
    proofs.sort(by: Entry.precedes)
  }

  /// Takes findings whose numbers and last records may have changed.
  private mutating func repeated(_ now: [Finding]) {
    var moved = false
    for place in now.indices where now[place].last.record != findings[place].last.record {
      moved = true
    }
    findings = now
    guard moved else { return }
    entries.removeAll(keepingCapacity: true)
    for place in findings.indices { appendEntries(place) }
    entries.sort(by: Entry.precedes)
  }

  /// Adds a finding that arose while a recording is followed.
  public mutating func add(_ finding: Finding) {
    guard !finding.isAbsorbed else { return }
    let count = entries.count
    append(finding)
    // Nearly always at the end.
    for number in count..<entries.count { sink(number) }
  }

  private mutating func append(_ finding: Finding) {
    findings.append(finding)
    counts[finding.device, default: SeverityCounts()].add(finding.severity)
    appendEntries(findings.count - 1)
    for evidence in finding.evidence where evidence.reference != finding.reference {
      proofs.append(
        Entry(
          record: evidence.reference.record, device: finding.device,
          place: Int32(truncatingIfNeeded: findings.count - 1)))
    }
  }

  private mutating func appendEntries(_ number: Int) {
    let place = Int32(truncatingIfNeeded: number)
    let (first, last) = (findings[number].reference.record, findings[number].last.record)
    let device = findings[number].device
    entries.append(Entry(record: first, device: device, place: place))
    if last != first { entries.append(Entry(record: last, device: device, place: place)) }
  }

  private mutating func sink(_ number: Int) {
    var number = number
    while number > 0, entries[number].record < entries[number - 1].record {
      entries.swapAt(number, number - 1)
      number -= 1
    }
  }

  // MARK: asking

  /// Calls `body` with each finding about `record` of `device` until it says true; says whether it
  /// did.
  func contains(
    record: UInt64, of device: Int32, where body: (borrowing Finding) -> Bool
  ) -> Bool {
    var low = Self.firstPlace(of: record, in: entries)
    while low < entries.count, entries[low].record == record {
      if entries[low].device == device, body(findings[Int(entries[low].place)]) { return true }
      low += 1
    }
    return false
  }

  private static func firstPlace(of record: UInt64, in entries: [Entry]) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].record < record { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Places of the findings that arose at a record of a device.
  public func places(at record: UInt64, device: Int32) -> [Int] {
    Self.places(at: record, device: device, in: entries)
      .filter { findings[$0].reference.record == record }
  }

  /// Places of the findings that a record helps to prove.
  public func evidencePlaces(at record: UInt64, device: Int32) -> [Int] {
    Self.places(at: record, device: device, in: proofs)
  }

  private static func places(at record: UInt64, device: Int32, in entries: [Entry]) -> [Int] {
    var places: [Int] = []
    var low = firstPlace(of: record, in: entries)
    while low < entries.count, entries[low].record == record {
      if entries[low].device == device { places.append(Int(entries[low].place)) }
      low += 1
    }
    return places
  }

  /// Findings of a device, by severity.
  public func counts(of device: Int32) -> SeverityCounts { counts[device] ?? SeverityCounts() }

  /// The worst finding that arose at a record.
  public func worst(at record: UInt64, device: Int32) -> Severity? {
    places(at: record, device: device).map { findings[$0].severity }.max()
  }
}
