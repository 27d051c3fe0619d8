/// A single fault that provably breaks a rule, wherever a recording has a place for it.
///
/// The places are those where the text of the specification makes the fault a violation and where the
/// recording shows it. What follows from the fault, and is no accusation of anything else, is
/// declared with the reason.
public struct Mutation: Sendable {
  /// The rule that it breaks.
  public var rule: String
  /// What driver or device do wrong: a phrase without a subject.
  public var fault: String
  /// Other rules that the fault truly breaks, and why.
  public private(set) var consequences: [String: String] = [:]
  /// Also in lives whose start the recording does not show.
  var isForAnyLife = false
  /// The faults that can be made in a life, one for each place.
  var faults: @Sendable (Life) -> [Fault]

  init(_ rule: String, _ fault: String, _ faults: @escaping @Sendable (Life) -> [Fault]) {
    self.rule = rule
    self.fault = fault
    self.faults = faults
  }

  /// Rules that are broken as well, for the reason given.
  func entails(_ rules: String..., because reason: String) -> Mutation {
    entails(rules, because: reason)
  }

  func entails(_ rules: [String], because reason: String) -> Mutation {
    var result = self
    for rule in rules { result.consequences[rule] = reason }
    return result
  }

  /// The same in lives of any kind: the rule needs nothing of what came before.
  var inAnyLife: Mutation {
    var result = self
    result.isForAnyLife = true
    return result
  }
}
