import Model
import Rules

/// Which findings there are, in order, and which records they are about.
struct FindingIndex: Sendable {
  /// Findings that are reported, in the order of their records.
  private(set) var findings: [Finding] = []
  private var byRecord: [UInt64: [Int]] = [:]
  /// Findings of each device, by severity.
  private var counts: [Int32: SeverityCounts] = [:]
  private var source: (count: Int, absorbed: Int) = (0, 0)
  /// Places in what was taken.
  private var order: [Int] = []

  /// Takes all findings that there are by now.
  mutating func take(_ all: [Finding]) {
    let shape = (all.count, all.count { $0.isAbsorbed })
    if shape == source, order.count == findings.count {
      // A finding that repeats changes its count, and its place stays.
      findings = order.map { all[$0] }
      return
    }
    source = shape
    order = all.indices.filter { !all[$0].isAbsorbed }.sorted {
      (all[$0].reference, all[$0].device, $0) < (all[$1].reference, all[$1].device, $1)
    }
    findings = order.map { all[$0] }
    byRecord.removeAll(keepingCapacity: true)
    evidenceOf.removeAll(keepingCapacity: true)
    counts.removeAll()
    for (place, finding) in findings.enumerated() {
      byRecord[finding.reference.record, default: []].append(place)
      counts[finding.device, default: SeverityCounts()].add(finding.severity)
      for evidence in finding.evidence where evidence.reference != finding.reference {
        evidenceOf[evidence.reference.record, default: []].append(place)
      }
    }
  }

  /// Findings for which a record is evidence.
  private var evidenceOf: [UInt64: [Int]] = [:]

  /// Places of the findings at a record, of one device.
  func places(at record: UInt64, device: Int32) -> [Int] {
    (byRecord[record] ?? []).filter { findings[$0].device == device }
  }

  /// Places of the findings that a record helps to prove.
  func evidencePlaces(at record: UInt64, device: Int32) -> [Int] {
    (evidenceOf[record] ?? []).filter { findings[$0].device == device }
  }

  func counts(of device: Int32) -> SeverityCounts { counts[device] ?? SeverityCounts() }

  /// The worst finding at a record.
  func worst(at record: UInt64, device: Int32) -> Severity? {
    places(at: record, device: device).map { findings[$0].severity }.max()
  }
}
