import Foundation
import Model
import Testing
import Wire

@testable import Recordings

/// The pages of trace-cmd's recordings, fed to the live decoder as the kernel hands them out, against
/// the reader of whole files.
@Suite struct LiveMergeTests {
  /// Plain files: their pages stand in them as the kernel wrote them.
  static let files = [
    "x86/kvm-seabios-blk-modern.v6.trace.dat", "x86/kvm-seabios-scsi-legacy.v7-none.trace.dat",
    "x86/kvm-linuxreplay-mmio-legacy.v6.trace.dat",
  ]

  private struct Pages {
    var contents: TraceDatContents
    var cpus: [(number: UInt16, pages: [[UInt8]])] = []
    var size = 4096
  }

  private func pages(_ path: String) throws -> Pages {
    let file = try MappedFile(path: path)
    var head = TraceDatHead(
      contents: TraceDatContents(header: try TraceDatHeader(file.bytes)),
      summary: InputSummary(path: path))
    head.read(file.bytes)
    var found = Pages(contents: head.contents)
    for buffer in head.contents.buffers {
      found.size = buffer.pageSize
      for region in buffer.regions where region.size > 0 {
        var list: [[UInt8]] = []
        for start in stride(
          from: Int(region.offset), to: Int(region.offset + region.size), by: buffer.pageSize)
        {
          list.append(file.bytes.extracting(start..<start + buffer.pageSize).array)
        }
        found.cpus.append((UInt16(region.cpu), list))
      }
    }
    return found
  }

  private func time(of page: [UInt8], _ pages: Pages) -> UInt64 {
    let head = RingPage(page.rawBytes, layout: pages.contents.page, bigEndian: false)
    return pages.contents.clock.nanoseconds(head?.timestamp ?? 0)
  }

  /// In looks of `count` pages of each CPU, none handed on before all before it can be there.
  @Test(arguments: files, [1, 3, 1000]) func agreesWithTheReaderOfFiles(
    file: String, count: Int
  ) throws {
    let path = Fixtures.path(file)
    var whole = Collector()
    let told = try Recording.read(path: path, into: &whole)
    var pages = try pages(path)
    var merge = LiveMerge(pages.contents, cpus: pages.cpus.map(\.number), pageSize: pages.size)
    var live = Collector()
    var summary = InputSummary(path: path)
    while pages.cpus.contains(where: { !$0.pages.isEmpty }) {
      // What comes later begins with the page that is next.
      var limit = UInt64.max
      for place in pages.cpus.indices {
        for page in pages.cpus[place].pages.prefix(count) { merge.take(page, of: place) }
        pages.cpus[place].pages.removeFirst(min(count, pages.cpus[place].pages.count))
        if let next = pages.cpus[place].pages.first { limit = min(limit, time(of: next, pages)) }
      }
      merge.release(upTo: limit, into: &live, summary: &summary)
    }
    merge.finish(into: &live, summary: &summary)
    merge.decoder.describeEvents(in: &summary)
    func placeless(_ items: [Collector.Item]) -> [Collector.Item] {
      items.map {
        var item = $0
        item.location = 0
        return item
      }
    }
    #expect(placeless(live.items) == placeless(whole.items))
    #expect(summary.records == told.records && summary.skipped == told.skipped)
    #expect(summary.lost == told.lost && summary.problems.isEmpty)
  }

  @Test func aPageThatIsDamagedIsNamed() throws {
    let pages = try pages(Fixtures.path(Self.files[0]))
    var merge = LiveMerge(pages.contents, cpus: [0], pageSize: pages.size)
    var sink = Collector()
    var summary = InputSummary(path: "kvm")
    var page = try #require(pages.cpus.first?.pages.first)
    for place in 64..<page.count { page[place] = 0xff }
    merge.take(page, of: 0)
    merge.take([1, 2, 3], of: 0)
    merge.finish(into: &sink, summary: &summary)
    #expect(summary.problems.count == 2)
  }

  @Test(arguments: [
    ("tracefs /t tracefs rw 0 0\n", "/t"),
    ("none /a tracefs rw\ntracefs /sys/kernel/tracing tracefs rw 0 0\n", "/sys/kernel/tracing"),
    ("none /with\\040blank\\134 tracefs rw\n", "/with blank\\"),
    ("proc /proc proc rw 0 0\n", nil), ("", nil), ("x\ny z\n", nil),
  ])
  func whereTracefsIs(mounts: String, place: String?) {
    #expect(TraceFS.place(in: mounts) == place)
  }
}
