/// What a process says of its recording: a line of figures, then the failures.
struct DamageResult: CustomStringConvertible {
  var name: String
  var cases: Int
  /// KiB of memory beyond the input.
  var peak: Int
  var seconds: Double
  /// Seconds of processor time of the slowest case.
  var slowest: Double
  var slowestCase: Int
  var failures: [String]

  init(name: String) {
    self.name = name
    cases = 0
    peak = 0
    seconds = 0
    slowest = 0
    slowestCase = 0
    failures = []
  }

  /// Reads what `description` wrote.
  init?(_ text: String) {
    let lines = text.split(separator: "\n")
    guard let first = lines.first else { return nil }
    let fields = first.split(separator: "\t")
    guard fields.count == 5, let cases = Int(fields[1].prefix { $0 != " " }),
      let peak = Int(fields[2].prefix { $0 != " " }),
      let seconds = Double(fields[3].prefix { $0 != " " }),
      let slowest = Double(fields[4].prefix { $0 != " " })
    else { return nil }
    name = String(fields[0])
    self.cases = cases
    self.peak = peak
    self.seconds = seconds
    self.slowest = slowest
    slowestCase = Int(fields[4].split(separator: " ").last ?? "") ?? 0
    failures = lines.dropFirst().map { String($0) }
  }

  var description: String {
    let hundredths = (seconds * 100).rounded() / 100
    let slow = (slowest * 10000).rounded() / 10000
    let head =
      "\(name)\t\(cases) cases\t\(peak) KiB\t\(hundredths) s\t\(slow) s in case \(slowestCase)"
    return ([head] + failures).joined(separator: "\n")
  }
}
