import Model

/// Lines about the indicators of virtio-ccw.
///
///     ccw_irq classic 0x1 config=0x0
///     ccw_irq adapter
///     indicator summary 0x01
///     indicator area 0x00 driver
extension TransactionParser {
  func ccwInterrupt(
    _ kind: String, _ words: inout [String], _ place: RecordReference
  ) throws(Failure) -> Transaction {
    var step = Transaction(.ccwInterrupt, at: place, mask: 0, traits: .byDevice)
    if kind == "adapter" {
      step.index = CCWInterrupt.adapter.rawValue
      return step
    }
    guard kind == "classic", words.count >= 2, words[1].hasPrefix("config=") else {
      throw Failure(description: "expected 'adapter', or 'classic QUEUES config=BITS'")
    }
    step.index = CCWInterrupt.classic.rawValue
    step.value = try number(words[0])
    step.mask = try number(String(words[1].dropFirst("config=".count)))
    words.removeFirst(2)
    return step
  }

  func indicator(
    _ name: String, _ words: inout [String], _ place: RecordReference
  ) throws(Failure) -> Transaction {
    guard let indicator = CCWIndicator.allCases.first(where: { $0.name == name }),
      let value = words.first
    else {
      let names = CCWIndicator.allCases.map(\.name).joined(separator: ", ")
      throw Failure(description: "expected one of \(names), and a value")
    }
    var step = Transaction(
      .indicator, at: place, value: try number(value), index: indicator.rawValue,
      traits: .byDevice)
    words.removeFirst()
    if words.first == "driver" {
      words.removeFirst()
      step.traits = []
    }
    return step
  }
}
