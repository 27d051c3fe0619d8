import Model
public import Rules

/// Findings by the device and record that they are about, for filters that ask for them.
///
/// A look-up is a binary search in a flat array: nothing is allocated for a record.
public struct FindingIndex: Sendable {
  public private(set) var findings: [Finding] = []
  /// One entry for the first and one for the last record of each finding, in their order.
  private var entries: [Entry] = []

  private struct Entry: Sendable, BitwiseCopyable {
    var record: UInt64
    var device: Int32
    var place: Int32
  }

  public init() {}

  public init(_ findings: some Sequence<Finding>) {
    for finding in findings where !finding.isAbsorbed { append(finding) }
    entries.sort { ($0.record, $0.device, $0.place) < ($1.record, $1.device, $1.place) }
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
    let place = Int32(truncatingIfNeeded: findings.count)
    findings.append(finding)
    var records = [finding.reference.record]
    if finding.last.record != finding.reference.record { records.append(finding.last.record) }
    for record in records {
      entries.append(Entry(record: record, device: finding.device, place: place))
    }
  }

  private mutating func sink(_ number: Int) {
    var number = number
    while number > 0, entries[number].record < entries[number - 1].record {
      entries.swapAt(number, number - 1)
      number -= 1
    }
  }

  /// Calls `body` with each finding about `record` of `device` until it says true; says whether it
  /// did.
  func contains(
    record: UInt64, of device: Int32, where body: (borrowing Finding) -> Bool
  ) -> Bool {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].record < record { low = middle + 1 } else { high = middle }
    }
    while low < entries.count, entries[low].record == record {
      if entries[low].device == device, body(findings[Int(entries[low].place)]) { return true }
      low += 1
    }
    return false
  }
}
