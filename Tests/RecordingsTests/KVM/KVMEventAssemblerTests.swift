import Model
import Recordings
import Testing

/// Records in, accesses out; the records are those of `kvm-formats` and of `kvm-seabios-blk-modern`.
struct KVMEventAssemblerTests {
  /// Feeds records of one thread (or those named) and returns what comes out, the end included.
  private func run(_ events: [KVMEvent], threads: [UInt64] = []) -> [Access] {
    var assembler = KVMEventAssembler()
    var out: [Access] = []
    for (index, event) in events.enumerated() {
      let place = KVMEvent.Place(
        record: UInt64(index + 1), time: Int64(index + 1) * 100, location: UInt64(index + 2),
        thread: index < threads.count ? threads[index] : 7, cpu: 0)
      assembler.take(event, at: place) { out.append($0) }
    }
    assembler.finish { out.append($0) }
    return out
  }

  @Test func aReadIsOneAccessWithTheTimeOfItsBeginning() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 4, address: 0xfebf_8004),
      KVMEvent(kind: .mmioRead, width: 4, address: 0xfebf_8004, value: 0x3000_6e54),
    ])
    #expect(out.count == 1)
    #expect(out[0].record == 2)
    #expect(out[0].location == 3)
    #expect(out[0].time == 100)
    #expect(out[0].value == 0x3000_6e54)
    #expect(out[0].flags == [])
  }

  @Test func threadsAreToldApart() {
    let out = run(
      [
        KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x1000),
        KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x2000),
        KVMEvent(kind: .mmioRead, width: 4, address: 0x2000, value: 2),
        KVMEvent(kind: .mmioRead, width: 4, address: 0x1000, value: 1),
      ], threads: [1, 2, 2, 1])
    #expect(out.map(\.value) == [2, 1])
    #expect(out.map(\.time) == [200, 100])
  }

  @Test func sixteenBytesCompleteEightTooHigh() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 16, address: 0xe010_2000),
      KVMEvent(kind: .mmioRead, width: 16, address: 0xe010_2008, value: 0x20000),
    ])
    #expect(out.count == 1)
    #expect(out[0].address == 0xe010_2000)
    #expect(out[0].width == 16)
    #expect(out[0].flags == .truncatedData)
  }

  @Test func aReadAcrossAPageLeavesAsItsFirstPart() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 8, address: 0xe000_0ff8),
      KVMEvent(kind: .mmioRead, width: 16, address: 0xe000_0ff8, value: 0),
    ])
    #expect(out.count == 1)
    #expect(out[0].address == 0xe000_0ff8)
    #expect(out[0].width == 16)
  }

  @Test func aReadInsideKVMHasNoBeginning() {
    let out = run([KVMEvent(kind: .mmioRead, width: 4, address: 0xfee0_0030, value: 0x50014)])
    #expect(out.count == 1)
    #expect(out[0].time == 100)
    #expect(out[0].value == 0x50014)
  }

  @Test func aReadThatNeverReturnsHasNoData() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x1000),
      KVMEvent(kind: .mmioWrite, width: 4, address: 0x2000, value: 5),
      KVMEvent(kind: .mmioReadBegins, width: 2, address: 0x3000),
    ])
    #expect(out.map(\.address) == [0x1000, 0x2000, 0x3000])
    #expect(out.map(\.hasData) == [false, true, false])
    #expect(out.map(\.record) == [2, 2, 3])
    #expect(out.map(\.time) == [100, 200, 300])
  }

  @Test func anotherReadDoesNotCompleteIt() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x1000),
      KVMEvent(kind: .mmioRead, width: 4, address: 0xfee0_0030, value: 1),
    ])
    #expect(out.map(\.address) == [0x1000, 0xfee0_0030])
    #expect(out.map(\.hasData) == [false, true])
  }

  @Test func anInterruptMayStandBetween() {
    let out = run([
      KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x1000),
      KVMEvent(kind: .message, address: 0xfee0_1004, value: 0x25),
      KVMEvent(kind: .line, address: 10, value: 1),
      KVMEvent(kind: .mmioRead, width: 4, address: 0x1000, value: 1),
    ])
    #expect(out.map(\.kind) == [.interrupt, .interrupt, .mmio])
    #expect(out.map(\.code) == [1, 0, 0])
    #expect(out.map(\.width) == [4, 1, 4])
    #expect(out[2].hasData)
  }

  @Test func stringInstructionsAndFastWrites() {
    let out = run([
      KVMEvent(kind: .portRead, width: 1, address: 0xc014, value: 1, count: 12),
      KVMEvent(kind: .fastMMIO, address: 0xfebf_b000),
      KVMEvent(kind: .portWrite, width: 1, address: 0x70, value: 0x18f),
    ])
    #expect(out[0].code == 12)
    #expect(out[0].flags == .truncatedData)
    #expect(out[1].flags == [.toDevice, .unknownData])
    #expect(out[2].value == 0x8f)
    #expect(out[2].isWrite)
  }

  @Test func whatALossMayHaveTakenIsNotJoined() {
    var assembler = KVMEventAssembler()
    var out: [Access] = []
    func place(_ record: UInt64, thread: UInt64, cpu: UInt16, buffer: UInt16 = 0) -> KVMEvent.Place
    {
      KVMEvent.Place(
        record: record, time: Int64(record) * 100, location: record, thread: thread, cpu: cpu,
        buffer: buffer)
    }
    for (record, thread, cpu) in [(1, 7, 0), (2, 8, 1)] as [(UInt64, UInt64, UInt16)] {
      assembler.take(
        KVMEvent(kind: .mmioReadBegins, width: 4, address: 0x1000),
        at: place(record, thread: thread, cpu: cpu)
      ) { out.append($0) }
    }
    assembler.lose(at: place(3, thread: 0, cpu: 1, buffer: 1)) { out.append($0) }
    #expect(out.isEmpty)
    assembler.lose(at: place(3, thread: 0, cpu: 0)) { out.append($0) }
    #expect(out.map(\.record) == [3])
    #expect(out.map(\.time) == [100])
    #expect(out.allSatisfy { !$0.hasData })
    for (record, thread, cpu) in [(3, 7, 0), (4, 8, 1)] as [(UInt64, UInt64, UInt16)] {
      assembler.take(
        KVMEvent(kind: .mmioRead, width: 4, address: 0x1000, value: record),
        at: place(record, thread: thread, cpu: cpu)
      ) { out.append($0) }
    }
    #expect(out.map(\.time) == [100, 300, 200])
    assembler.finish { out.append($0) }
    #expect(out.count == 3)
  }

  @Test func manyWaitingThreadsAreBounded() {
    let events = (0..<3000).map {
      KVMEvent(kind: .mmioReadBegins, width: 4, address: UInt64($0))
    }
    let out = run(events, threads: (0..<3000).map { UInt64($0) })
    #expect(out.count == 3000)
    #expect(out.allSatisfy { !$0.hasData })
  }
}
