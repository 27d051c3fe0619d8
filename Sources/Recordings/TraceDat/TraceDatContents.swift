internal import Wire

/// What the head of a `trace.dat` file says: where events lie and how to read them.
struct TraceDatContents {
  let header: TraceDatHeader
  var page: RingPageLayout
  var event = RingEventLayout()
  var table = EventTable()
  var clock = TraceClock()
  var buffers: [Buffer] = []
  /// Command of a thread, of those that the recorder knew.
  var commands: [Int32: String] = [:]
  /// Number of CPUs that an option tells; version 6 has that many in each buffer.
  var cpuCount: Int?
  /// The options name a clock: version 6 then has its text behind the offsets of the CPUs.
  var hasClockText = false
  var remarks: [String] = []

  init(header: TraceDatHeader) {
    self.header = header
    page = RingPageLayout(longSize: header.longSize)
  }

  /// What a running kernel says of itself.
  init(page: RingPageLayout, event: RingEventLayout, table: EventTable, clock: TraceClock) {
    header = TraceDatHeader(isBigEndian: 1.bigEndian == 1, longSize: page.commitSize)
    (self.page, self.event, self.table, self.clock) = (page, event, table, clock)
  }

  /// The events of one trace instance.
  struct Buffer {
    /// Empty for the top instance.
    var name: String
    var pageSize: Int
    var isCompressed = false
    var regions: [Region] = []
  }

  /// The events of one CPU in a buffer.
  struct Region {
    var cpu: UInt32
    var offset: UInt64
    var size: UInt64
  }
}
