public import Rules

/// Something wrong with the policy itself: a suppression that stands for nothing, or no longer.
public struct PolicyFinding: Sendable {
  public var rule: String
  public var severity: Severity
  /// Where in the policy's file.
  public var line: Int
  public var message: String

  public static var unused: String { "policy.unused-suppression" }
  public static var expired: String { "policy.expired-suppression" }
  public static var ids: [String] { [unused, expired] }

  /// What the rule says, in a sentence.
  public static func statement(_ id: String) -> String {
    id == expired
      ? "a suppression counts until the day on which it expires, and is renewed or removed then"
      : "a suppression whose finding is gone is removed, so that it cannot hide another one"
  }
}

/// Which suppressions were there for something, over one run or a part of it.
public struct SuppressionUse: Sendable {
  /// By number of the suppression: a device was there that it is about.
  private var concerned: [Bool]
  private var used: [Bool]

  public init(_ policy: Policy) {
    concerned = policy.suppressions.map { _ in false }
    used = concerned
  }

  /// Takes note of a device that was judged.
  public mutating func note(_ subject: PolicySubject, in policy: Policy) {
    for (number, suppression) in policy.suppressions.enumerated()
    where suppression.concerns(subject) {
      concerned[number] = true
    }
  }

  /// The suppression that stands for the finding, nil when none does; one that expired before
  /// `today` stands for nothing.
  public mutating func take(
    _ finding: Finding, of subject: PolicySubject, in policy: Policy, today: CalendarDate
  ) -> Suppression? {
    var taken: Suppression?
    for (number, suppression) in policy.suppressions.enumerated()
    where suppression.rule.matches(finding.rule) && suppression.concerns(subject) {
      used[number] = true
      if taken == nil, suppression.expires.map({ $0 >= today }) ?? true { taken = suppression }
    }
    return taken
  }

  /// Adds what another part of the run used.
  public mutating func add(_ other: SuppressionUse) {
    for number in used.indices where number < other.used.count {
      used[number] = used[number] || other.used[number]
      concerned[number] = concerned[number] || other.concerned[number]
    }
  }

  /// What is wrong with the suppressions of the policy, after the whole run.
  ///
  /// A suppression for a device or a driver that was not in the run may be right: nothing is said.
  public func findings(in policy: Policy, today: CalendarDate) -> [PolicyFinding] {
    policy.suppressions.enumerated().compactMap { number, suppression in
      if let expires = suppression.expires, expires < today {
        let message = "the suppression of \(suppression.rule.text) expired on \(expires)"
        return Self.finding(PolicyFinding.expired, message, suppression, policy)
      }
      guard concerned[number], !used[number] else { return nil }
      let message = "no finding of this run is suppressed by \(suppression.rule.text)"
      return Self.finding(PolicyFinding.unused, message, suppression, policy)
    }
  }

  private static func finding(
    _ id: String, _ message: String, _ suppression: Suppression, _ policy: Policy
  ) -> PolicyFinding? {
    policy.severity(ofOwn: id).map {
      PolicyFinding(
        rule: id, severity: $0, line: suppression.line,
        message: "\(message) (\(suppression.reason))")
    }
  }
}
