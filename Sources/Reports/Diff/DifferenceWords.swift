import Comparison
import Model

extension StepWords {
  /// A difference in one sentence that names the side.
  func headline(_ difference: Difference) -> String {
    switch (difference.good, difference.bad) {
    case (let good?, let bad?):
      switch difference.kind {
      case .features: return featureHeadline(good, bad)
      case .order: return "the order differs: " + text(good)
      default: return valueHeadline(difference, good, bad)
      }
    case (let step?, nil): return "only in GOOD: " + short(step)
    case (nil, let step?): return "only in BAD: " + short(step)
    default: return ""
    }
  }

  private func valueHeadline(
    _ difference: Difference, _ good: ComparedStep, _ bad: ComparedStep
  ) -> String {
    if good.key.topic == .interface {
      return "driver uses the \(value(good)) interface in GOOD, the \(value(bad)) one in BAD"
    }
    let verb = difference.isOfDevice ? "device answers otherwise" : "driver writes otherwise"
    if good.key.topic == .pciCommand || good.key.topic == .messagesEnabled {
      return "\(noun(good)) is \(value(good)) at DRIVER_OK in GOOD, \(value(bad)) in BAD"
    }
    if good.key.isRejected != bad.key.isRejected {
      return "device rejects \(noun(good)) in \(good.key.isRejected ? "GOOD" : "BAD") only"
    }
    return "\(verb): \(noun(good)) \(value(good)) in GOOD, \(value(bad)) in BAD"
  }

  private func featureHeadline(_ good: ComparedStep, _ bad: ComparedStep) -> String {
    let verb =
      good.key.topic == .offered
      ? "device offers other features" : "driver accepts other features"
    let parts = [("GOOD", onlyIn(good, not: bad)), ("BAD", onlyIn(bad, not: good))]
    let words = parts.filter { !$0.1.isEmpty }.map { name, set in
      "only in \(name) " + names(of: set).joined(separator: " ")
    }
    return "\(verb): " + words.joined(separator: "; ")
  }

  /// The step without the names of feature bits, which fill lines.
  private func short(_ step: ComparedStep) -> String {
    guard step.key.topic == .offered || step.key.topic == .accepted else { return text(step) }
    let verb = step.key.topic == .accepted ? "accepts" : "reads"
    return "driver \(verb) \(noun(step)) \(features(step).hexadecimalText)"
  }
}
