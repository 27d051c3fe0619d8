import Model
import Recordings
import Testing

/// The forms of the lines, and the traps, one by one.
struct FtraceTextReaderTests {
  @Test(arguments: [
    " qemu-system-x86-28035 [003]  5148.156423: kvm_pio:              pio_read at 0x71 size 1 count 1 val 0x5 ",
    " qemu-system-x86-28035 [003]  5148.156423: kvm_pio:               rw=0 port=0x71 size=1 count=1 val=0x5",
    " qemu-system-x86-28035   [003] .....  5148.156423: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5 ",
    " qemu-system-x86-28035   (  28001) [003] d..1.  5148.156423: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5 ",
    " qemu-system-x86-28035   (-------) [003] d.h2.  5148.156423: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5 ",
    " qemu-sys-28035   3d..2. 5148.156423: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5",
    "qemu-system-x86 28035 [003]  5148.156423: kvm:kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5",
    "qemu-system-x86 28001/28035 [003]  5148.156423:          1      kvm:kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5 \r",
    "     my task: 1.5 x-28035 [003]  5148.156423000: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5",
    "           <...>-28035 [003] 5148156423000: kvm_pio: pio_read at 0x71 size 1 count 1 val 0x5",
  ]) func everyHeadIsRead(line: String) throws {
    let result = try readFtrace(line + "\n")
    #expect(result.summary.problems.isEmpty)
    let item = try #require(result.items.first)
    #expect(result.items.count == 1)
    #expect(item.kind == .portIO)
    #expect(item.time == 5_148_156_423_000)
    #expect(item.cpu == 3)
    #expect(item.address == 0x71)
    #expect(item.value == 5)
    #expect(item.width == 1)
    #expect(item.record == 1 && item.location == 1)
  }

  @Test func aMissingCPUIsUnknown() throws {
    let items = try readFtrace(
      "qemu 28035  5148.156423: kvm:kvm_pio: pio_write at 0x71 size 1 count 1 val 0x5\n"
    ).items
    #expect(items.map(\.cpu) == [Access.noCPU])
    #expect(items.map(\.flags) == [Access.Flags.toDevice.rawValue])
  }

  /// The thread is what pairs a read, in each form of the head; another thread's read stands between.
  @Test(arguments: [
    (" q-1 [000]  1.000001: ", " q-2 [000]  1.000002: "),
    (" q-1 (  9) [000] ..... 1.000001: ", " q-2 (  9) [000] ..... 1.000002: "),
    ("q 9/1 [000]  1.000001: kvm:", "q 9/2 [000]  1.000002: kvm:"),
    ("q 1  1.000001: kvm:", "q 2  1.000002: kvm:"),
    (" q-1  0d... 1.000001: ", " q-2  0d... 1.000002: "),
    (" [000]  1.000001: ", " [001]  1.000002: "),
  ]) func readsPairByThread(first: String, second: String) throws {
    let items = try readFtrace(
      """
      \(first)kvm_mmio: mmio unsatisfied-read len 16 gpa 0xfebf8000 val 0x0
      \(second)kvm_mmio: mmio unsatisfied-read len 4 gpa 0xfebf8004 val 0x0
      \(first)kvm_mmio: mmio read len 16 gpa 0xfebf8008 val 0x11
      \(second)kvm_mmio: type=1 len=4 gpa=0xfebf8004 val=34

      """
    ).items
    #expect(items.map(\.address) == [0xfebf_8000, 0xfebf_8004])
    #expect(items.map(\.value) == [0x11, 0x22])
    #expect(items.map(\.record) == [3, 4])
    #expect(items.map(\.time) == [1_000_001_000, 1_000_002_000])
  }

  @Test(arguments: [
    ("dst 1 vec 37 (Fixed|logical|edge)", 0xfee0_1004, 0x25),
    ("dst ff vec 48 (LowPrio|physical|level|rh)", 0xfeef_f008, 0x8130),
    ("dst 0 vec 48 (Fixed|physical|edge)", 0xfee0_0000, 0x30),
    ("dst 102 vec 2 (NMI|physical|edge)", 0x100_fee0_2000, 0x402),
    (" address=4276097028 data=37", 0xfee0_1004, 0x25),
    (" address=0xfee01004 data=0x25", 0xfee0_1004, 0x25),
  ]) func messagesArePutTogether(body: String, address: Int, data: Int) throws {
    let items = try readFtrace(" q-1 [000]  1.000001: kvm_msi_set_irq: \(body)\n").items
    #expect(items.map(\.kind) == [.interrupt])
    #expect(items.map(\.code) == [1])
    #expect(items.map(\.address) == [UInt64(address)])
    #expect(items.map(\.value) == [UInt64(data)])
  }

  @Test func otherBodies() throws {
    let result = try readFtrace(
      """
      # tracer: nop
      #
       q-1 [000]  1.000001: kvm_fast_mmio: fast mmio at gpa 0xfebfb000
       q-1 [000]  1.000001: kvm_fast_mmio: gpa=0xfebfb000
       q-1 [000]  1.000001: kvm_set_irq: gsi 10 level 1 source 0
       q-1 [000]  1.000001: kvm_set_irq: gsi=10 level=0 irq_source_id=0
       q-1 [000]  1.000001: kvm_pio: pio_read at 0xc014 size 2 count 4 val 0x1 (...)
       q-1 [000]  1.000001: kvm_exit: reason IO_INSTRUCTION rip 0xfff0 info 710048 0
       q-1 [000]  1.000001: kvm_msi_set_irq: dst 0 vec 0 (Fixed|physical|edge)

      """)
    #expect(result.items.map(\.kind) == [.mmio, .mmio, .interrupt, .interrupt, .portIO])
    #expect(
      result.items.prefix(2).map(\.flags)
        == [Access.Flags.toDevice.union(.unknownData).rawValue, 3])
    #expect(result.items[2].address == 10)
    #expect(result.items.map(\.value) == [0, 0, 1, 0, 1])
    #expect(result.items[4].code == 4)
    #expect(result.items[4].flags == Access.Flags.truncatedData.rawValue)
    #expect(result.skipped("kvm_exit event") == 1)
    #expect(result.skipped("no trace event (by line)") == 0)
    #expect(result.summary.evidence == [.access, .kick, .interrupt])
    #expect(result.summary.format == "ftrace-text")
  }

  @Test(arguments: [
    ("CPU:1 [LOST 123 EVENTS]", 123, 1), ("CPU:1 [123 EVENTS DROPPED]", 123, 1),
    ("CPU:1 [EVENTS DROPPED]", 0, 1), ("CPU 1 lost 123 events", 123, 1),
    ("CPU:1 [LOST EVENTS]", 0, 1), ("q 1/1 [001] 1.000002: PERF_RECORD_LOST lost 123", 123, -1),
  ]) func lostEventsAreTold(line: String, count: UInt64, cpu: Int) throws {
    let result = try readFtrace(
      """
       q-1 [000]  1.000001: kvm_set_irq: gsi 10 level 1 source 0
      \(line)
       q-1 [000]  1.000003: kvm_set_irq: gsi 10 level 1 source 0

      """)
    #expect(result.items.map(\.kind) == [.interrupt, .lostEvents, .interrupt])
    #expect(result.items.map(\.record) == [1, 2, 2])
    #expect(result.items[1].code == UInt32(count))
    #expect(result.items[1].cpu == (cpu < 0 ? Access.noCPU : UInt16(cpu)))
    #expect(result.items[1].time == 1_000_001_000)
    #expect(result.summary.lost == count)
    #expect(result.summary.lostUnknown == (count == 0))
    #expect(result.summary.records == 2)
  }

  @Test(arguments: [
    ("CPU:0 [LOST 2 EVENTS]", false), ("CPU:1 [LOST 2 EVENTS]", true),
    ("q 1/1 [000] 1.000002: PERF_RECORD_LOST lost 2", false),
  ]) func aReadIsNotJoinedAcrossALoss(line: String, isJoined: Bool) throws {
    let result = try readFtrace(
      """
       q-1 [000]  1.000001: kvm_mmio: mmio unsatisfied-read len 4 gpa 0x1000 val 0x0
      \(line)
       q-1 [000]  1.000003: kvm_mmio: mmio read len 4 gpa 0x1000 val 0x5

      """)
    let reads = result.items.filter { $0.kind == .mmio }
    #expect(reads.map(\.time) == (isJoined ? [1_000_001_000] : [1_000_001_000, 1_000_003_000]))
    #expect(reads.last?.value == 5)
    if !isJoined {
      #expect(reads[0].flags == Access.Flags.unknownData.rawValue)
      #expect(result.items.map(\.kind) == [.mmio, .lostEvents, .mmio])
    }
  }

  @Test func damageIsToldAndReadAround() throws {
    let text =
      "cpus=2\nCPU 1 is empty\n\r\ngarbage\n"
      + " q-1 [000]  1.000001: kvm_mmio: mmio write len 4 gpa 0xzz val 0x1\n"
      + " q-1 [000]  1.000001: kvm_mmio: type=7 len=4 gpa=0x10 val=0x1\n"
      + " q-1 [000]  1.000001: kvm_pio: rw=1 port=0x10 size=99999999999 count=1 val=0x1\n"
      + " q-1 [000]  1.000001: kvm_mmio: mmio write len 4 gpa 0x10 val 0x12345678901234567\n"
      + " q-1 [000]  99999999999999999999.000001: kvm_mmio: mmio write len 4 gpa 0x10 val 0x1\n"
      + String(repeating: "1.0: ", count: 20_000) + "\n"
      + " q-1 [000]  1.000001: kvm_mmio: mmio write len 4 gpa 0x10 val 0x1\n"
      + " q-1 [000]  1.000001: kvm_mmio: mmio write len 4 gpa 0x10 val 0x1"
    for piece in [Int.max, 999, 5] {
      let result = try readFtrace(text, piece: piece)
      #expect(result.items.map(\.location) == [11])
      #expect(result.skipped("no trace event (by line)") == 2)
      #expect(result.skipped("unreadable event") == 4)
      #expect(result.summary.problems.map(\.place) == [5, 6, 7, 8, 10, 12])
      #expect(result.summary.truncated)
    }
  }

  @Test func perfIsNamed() throws {
    let result = try readFtrace("q 1 [000]  1.000001: kvm:kvm_entry: vcpu 0\n")
    #expect(result.summary.format == "perf-script")
    #expect(result.skipped("kvm_entry event") == 1)
  }

  @Test func recognition() {
    func recognizes(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return FtraceTextReader.recognizes(bytes.span.bytes)
    }
    #expect(recognizes("# tracer: nop\n#\n"))
    #expect(recognizes("cpus=2\n"))
    #expect(recognizes("some noise\n q-1 [000]  1.000001: kvm_entry: x\n"))
    #expect(recognizes("q 1/2 [000]  1.000001:  1  kvm:kvm_entry: x\n"))
    #expect(!recognizes("4155@1795396797.976176:virtio_set_status vdev 0x55 val 0\n"))
    #expect(!recognizes("error 12: file: not found\n"))
    #expect(!recognizes("{\"time\": 1.5: x\n"))
    #expect(!recognizes(""))
  }
}
