/// What a reader says of one input: how it was recognized, how much it held, what it lacks.
public struct InputSummary: Sendable {
  /// The path as given, `-` for standard input.
  public var path: String
  /// `pcapng`, `pcap`, `trace.dat`, `ftrace-text`, `perf-script` or `qemu-log`.
  public var format: String
  /// Records seen, the skipped ones included.
  public var records: UInt64 = 0
  /// Bytes of the input as given (before decompression).
  public var bytes: UInt64 = 0
  /// Records that were passed over, by reason.
  public var skipped: [Skip] = []
  /// Events that the recorder itself lost; `lostUnknown` when it lost some and could not count.
  public var lost: UInt64 = 0
  public var lostUnknown = false
  /// Times of the first and last record in nanoseconds, nil when there was none.
  public var firstTime: Int64?
  public var lastTime: Int64?
  /// The input ends in the middle of a record.
  public var truncated = false
  /// Damage that was met, in order, at most `problemLimit` of them.
  public var problems: [Problem] = []
  /// Damage beyond `problemLimit`.
  public var problemsNotKept: UInt64 = 0
  /// What the recording can show.
  public var evidence: EvidenceSet = []
  /// Whether a place in this input is a line (text) or a byte offset (binary).
  public var placesAreLines = false
  /// Remarks on the input for a person: interface names, comments, the recorder's own word.
  public var remarks: [String] = []

  public static var problemLimit: Int { 16 }

  public init(path: String, format: String = "") {
    self.path = path
    self.format = format
  }

  /// Records passed over for one reason.
  public struct Skip: Sendable, Equatable {
    public var reason: String
    public var count: UInt64
    /// The first such record.
    public var first: UInt64
    public init(reason: String, count: UInt64, first: UInt64) {
      self.reason = reason
      self.count = count
      self.first = first
    }
  }

  /// One place where the input is not what its format says.
  public struct Problem: Sendable, Equatable {
    /// Byte offset in the file, or line from 1.
    public var place: UInt64
    /// What was expected and what was found; lower case, no final period.
    public var text: String
    public init(place: UInt64, text: String) {
      self.place = place
      self.text = text
    }
  }

  /// Counts `record` as passed over because of `reason`.
  public mutating func skip(_ reason: String, record: UInt64, count: UInt64 = 1) {
    if let index = skipped.firstIndex(where: { $0.reason == reason }) {
      skipped[index].count += count
    } else {
      skipped.append(Skip(reason: reason, count: count, first: record))
    }
  }

  /// Notes damage at `place`.
  public mutating func note(_ text: String, at place: UInt64) {
    if problems.count < Self.problemLimit {
      problems.append(Problem(place: place, text: text))
    } else {
      problemsNotKept += 1
    }
  }
}

/// What a recording can show, and so which rules it can decide.
public struct EvidenceSet: OptionSet, Sendable, Hashable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static var access: EvidenceSet { EvidenceSet(rawValue: 1) }
  public static var kick: EvidenceSet { EvidenceSet(rawValue: 2) }
  public static var interrupt: EvidenceSet { EvidenceSet(rawValue: 4) }
  public static var memory: EvidenceSet { EvidenceSet(rawValue: 8) }
  public static var topology: EvidenceSet { EvidenceSet(rawValue: 16) }
}
