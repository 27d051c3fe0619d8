internal import Wire

/// The pages of one CPU's buffer that were read and not decoded yet.
struct LivePages {
  var stream: CPUStream
  /// The page at hand.
  private(set) var current: [UInt8] = []
  private var waiting: [[UInt8]] = []
  private var next = 0

  init(cpu: UInt16, pageSize: Int) {
    // Of what is read once there is no place to tell: as if all of it were in one chunk at 0.
    stream = CPUStream(region: 0..<0, cpu: cpu, buffer: 0, pageSize: pageSize, isCompressed: true)
  }

  /// Pages that wait.
  var count: Int { waiting.count - next }

  mutating func append(_ page: [UInt8]) { waiting.append(page) }

  /// The data of the page at hand.
  var data: Range<Int> { stream.dataStart..<min(stream.dataEnd, current.count) }

  /// Goes to the next page; false when there is none. What is wrong with a page goes to `problem`.
  mutating func advance(_ contents: TraceDatContents, problem: (String) -> Void) -> Bool {
    while next < waiting.count {
      let page = waiting[next]
      current = page
      next += 1
      if next == waiting.count || next >= 1024 {
        waiting.removeFirst(next)
        next = 0
      }
      switch stream.begin(page.rawBytes, at: 0, place: 0, head: contents) {
      case .damaged(let text, _, _): problem(text)
      case .page, .finished: return true
      }
    }
    return false
  }
}
