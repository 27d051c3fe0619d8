import Glibc

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
    // The C library holds back what goes to a pipe or a file; whoever reads it waits for it.
    fflush(nil)
    pending.removeAll(keepingCapacity: true)
  }
}
