import Model
import Rules
import Testing
import Wire

@testable import Recordings

/// Rings of a device that was set up before the recording are followed where a hint tells of them.
@Suite struct ToldQueueTests {
  /// Accesses of a recording with their bytes.
  private struct Kept: AccessSink {
    var all: [(Access, [UInt8])] = []

    mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
      for index in batch.indices {
        var access = batch[index]
        let (start, count) = (access.payloadOffset, Int(access.payloadCount))
        let bytes = count > 0 ? payload.extracting(start..<start + count).array : []
        access.payloadOffset = 0
        all.append((access, bytes))
      }
    }
  }

  private func feed(_ kept: some Sequence<(Access, [UInt8])>, _ analysis: inout Analysis) {
    for (access, bytes) in kept {
      let one = InlineArray<1, Access>(repeating: access)
      analysis.receive(one.span, payload: bytes.rawBytes)
    }
  }

  @Test(arguments: [
    "linux-blk-rev2-rings", "linux-net-rev0-rings", "bios-net-tftp-small-rings",
  ])
  func theRestOfARecording(name: String) throws {
    var kept = Kept()
    _ = try Recording.read(path: Fixtures.path("ccw/\(name).pcapng"), into: &kept)
    var whole = Analysis()
    feed(kept.all, &whole)
    whole.finish()
    let known = Set(whole.verdicts.findings.flatMap { [$0.rule] + $0.also })
    var followed = 0
    for part in 4..<12 {
      let cut = kept.all.count * part / 12
      var before = Analysis()
      feed(kept.all[..<cut], &before)
      let machine = before.machine
      var hints = machine.hints
      for place in hints.indices {
        let layouts = machine.devices[Int32(place)].current.layouts
        hints[place].queues = layouts.map { ToldQueue(index: $0.queue.index, layout: $0.layout) }
        // As it stands in a file.
        let again = try #require(DeviceHint.parseFile(Array(hints[place].json.utf8)).first)
        #expect(again.queues == hints[place].queues)
        hints[place] = again
      }
      guard hints.contains(where: { !$0.queues.isEmpty }) else { continue }
      for tells in [true, false] {
        final class Count { var used = 0 }
        let count = Count()
        var rest = Analysis()
        rest.onTransaction = { step, _ in if step.kind == .bufferUsed { count.used += 1 } }
        for var hint in hints {
          if !tells { hint.queues = [] }
          rest.take(hint)
        }
        feed(kept.all[cut...], &rest)
        rest.finish()
        let new = rest.verdicts.findings.map(\.rule).filter { !known.contains($0) }
        #expect(new.isEmpty, "cut at \(cut)")
        if tells { followed += count.used } else { followed -= count.used }
      }
    }
    #expect(followed > 0)
  }
}
