import Testing
import Wire

@Suite struct RingLayoutTests {
  static let page = """
    \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
    \tfield: local_t commit;\toffset:8;\tsize:4;\tsigned:1;
    \tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
    \tfield: char data;\toffset:12;\tsize:4084;\tsigned:0;

    """

  @Test func takesTheHeaderOfAPage() {
    let bytes = Array(Self.page.utf8)
    #expect(RingPageLayout(bytes.span.bytes) == RingPageLayout(longSize: 4))
    let cut = Array(Self.page.utf8.prefix(120))
    #expect(RingPageLayout(cut.span.bytes) == nil)
  }

  /// Kernels before 4.17 do not list `time_stamp`.
  @Test func takesTheHeaderOfAnEvent() {
    let text = """
      # compressed entry header
      \ttype_len    :    5 bits
      \ttime_delta  :   27 bits
      \tarray       :   32 bits

      \tpadding     : type == 29
      \ttime_extend : type == 30
      \tdata max type_len  == 28

      """
    let bytes = Array(text.utf8)
    #expect(RingEventLayout(bytes.span.bytes) == RingEventLayout())
    let other = Array(text.replacing("27 bits", with: "26 bits").utf8)
    #expect(RingEventLayout(other.span.bytes) == nil)
  }

  @Test func takesCommitAndLosses() {
    // Time 1, three bytes of room used, events lost, their number behind the data.
    var bytes: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0xc0, 0, 0, 0, 0]
    bytes += [9, 9, 9, 9, 7, 0, 0, 0, 0, 0, 0, 0]
    let page = RingPage(bytes.span.bytes, layout: RingPageLayout(longSize: 8), bigEndian: false)
    #expect(page?.timestamp == 1)
    #expect(page?.commit == 4)
    #expect(page?.missed == 7)
    // Without room for the number it is unknown.
    let cut = RingPage(
      bytes.span.bytes.extracting(first: 22), layout: RingPageLayout(longSize: 8),
      bigEndian: false)
    #expect(cut?.missed == -1)
  }

  @Test func stepsOverTimesAndPadding() {
    let layout = RingEventLayout()
    var bytes: [UInt8] = []
    func put(_ words: UInt32...) {
      for word in words { withUnsafeBytes(of: word.littleEndian) { bytes += Array($0) } }
    }
    put(5 << 5 | 30, 2)  // a delta of 2 << 27 and 5
    put(1 << 5 | 1, 0xaaaa)  // four bytes of data
    put(1 << 5 | 29, 8, 0)  // discarded, eight bytes behind the header
    put(0, 12, 1, 2)  // a length of its own: eight bytes
    put(9 << 5 | 31, 1)  // absolute: 1 << 27 and 9
    put(1, 0xbbbb)
    var cursor = RingEventCursor(position: 0, time: 100)
    var found: [[Int]] = []
    while case .event = cursor.next(in: bytes.span.bytes, layout: layout, bigEndian: false) {
      found.append([cursor.start, cursor.dataStart, cursor.dataCount, Int(cursor.time)])
    }
    // 2 << 27 is 268,435,456; discarded events pass time, too.
    let expected: [[Int]] = [
      [8, 12, 4, 268_435_562], [28, 36, 8, 268_435_563], [52, 56, 4, 134_217_737],
    ]
    #expect(found == expected)
  }

  /// Whatever the bytes, the walk ends.
  @Test func endsOnAnyBytes() {
    var state: UInt64 = 1
    for _ in 0..<500 {
      let bytes = (0..<64).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      var cursor = RingEventCursor()
      var steps = 0
      while steps < 100,
        case .event = cursor.next(
          in: bytes.span.bytes, layout: RingEventLayout(), bigEndian: steps % 2 == 0)
      {
        steps += 1
      }
      #expect(steps <= 16)
    }
  }
}
