/// Text on its way to standard output, in large pieces.
final class Output {
  private var pending = ""

  func write(_ text: String) {
    pending += text
    if pending.utf8.count >= 1 << 16 { flush() }
  }

  func flush() {
    guard !pending.isEmpty else { return }
    print(pending, terminator: "")
    pending.removeAll(keepingCapacity: true)
  }
}
