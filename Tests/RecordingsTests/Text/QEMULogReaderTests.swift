import Model
import Recordings
import Testing

/// The traps of QEMU's log, one by one; most lines are of the fixtures.
struct QEMULogReaderTests {
  @Test func aValueWiderThanItsSizeIsCut() throws {
    let items = try readLog(
      """
      7@10.000001:memory_region_ops_read cpu 0 mr 0x1 addr 0xfebf8004 value 0x30bf8024 size 2 name 'virtio-pci-common-virtio-net'
      7@10.000002:memory_region_ops_read cpu 0 mr 0x2 addr 0xa003e10 value 0x10130006e54 size 4 name 'virtio-mmio'

      """
    ).items
    #expect(items.map(\.kind) == [.hostRegion, .mmio, .hostRegion, .mmio])
    #expect(items[1].value == 0x8024)
    #expect(items[3].value == 0x3000_6e54)
    #expect(items[1].time == 10_000_001_000)
    #expect(items[1].cpu == 7)
  }

  @Test func aRegionIsNamedOnce() throws {
    let items = try readLog(
      """
      memory_region_ops_read cpu 0 mr 0x10 addr 0xa003e00 value 0x1 size 4 name 'virtio-mmio'
      memory_region_ops_write cpu 0 mr 0x20 addr 0xa003c00 value 0x2 size 4 name 'virtio-mmio'
      memory_region_ops_write cpu 0 mr 0x10 addr 0xa003e70 value 0x3 size 4 name 'virtio-mmio'
      memory_region_ops_write cpu 0 mr 0x10 addr 0xa003e70 value 0x4 size 4

      """
    ).items
    #expect(items.map(\.kind) == [.hostRegion, .mmio, .hostRegion, .mmio, .mmio, .mmio])
    #expect(items.map(\.code) == [1, 1, 2, 2, 1, 0])
    #expect(items[0].payload == Array("virtio-mmio".utf8))
    #expect(items[0].value == 0x10)
    #expect(items[0].address == 0xa003e00)
    #expect(items[0].record == items[1].record)
    #expect(items[1].cpu == Access.noCPU)
    #expect(items[5].record == 4)
  }

  @Test(arguments: [
    ("virtio-pci", 0xc012, Access.Kind.portIO), ("virtio-pci", 0x1_0000_0012, .portIO),
    ("virtio-pci-notify-pio-virtio-blk", 0xc040, .portIO), ("io", 0x80, .portIO),
    ("rtc", 0x71, .portIO), ("virtio-pci-common-virtio-blk", 0x14, .mmio),
    ("virtio-pci-notify-virtio-blk", 0xfebf_b000, .mmio), ("msix-table", 0x0, .mmio),
    ("virtio-mmio", 0xfeb0_0e00, .mmio), ("hpet", 0xfed0_0000, .mmio),
    ("apic-msi", 0xfee0_00b0, .mmio), ("apic-msi", 0xfee0_1004, .interrupt),
    ("apic-msi", 0xfee0_0000, .interrupt),
  ]) func theNameOfARegionTellsItsSpace(name: String, address: Int, kind: Access.Kind) throws {
    let hex = String(address, radix: 16)
    let items = try readLog(
      "memory_region_ops_write cpu 0 mr 0x1 addr 0x\(hex) value 0x31 size 4 name '\(name)'\n"
    ).items
    #expect(items.last?.kind == kind)
    #expect(items.last?.address == UInt64(address))
    #expect(items.last?.value == 0x31)
  }

  @Test func aConfigurationReadIsToldOnceWithTheWidthOfItsTwin() throws {
    let result = try readLog(
      """
      1@1.000001:memory_region_ops_write cpu 0 mr 0xa addr 0xcf8 value 0x80000090 size 4 name 'pci-conf-idx'
      1@1.000002:pci_cfg_read mch 00:00.0 @0x92 -> 0x3
      1@1.000003:memory_region_ops_read cpu 0 mr 0xb addr 0xcfe value 0x3 size 2 name 'pci-conf-data'
      1@1.000004:memory_region_ops_write cpu -1 mr 0xb addr 0xcfc value 0x33333330 size 4 name 'pci-conf-data'
      1@1.000005:pci_cfg_write mch 00:00.0 @0x90 <- 0x33333330

      """)
    #expect(result.items.map(\.kind) == [.pciConfiguration, .pciConfiguration])
    #expect(result.items.map(\.address) == [0x92, 0x90])
    #expect(result.items.map(\.width) == [2, 4])
    #expect(result.items.map(\.record) == [2, 5])
    #expect(result.items[1].time == 1_000_004_000)
    #expect(
      Access.Flags(rawValue: result.items[1].flags) == [.toDevice, .notFromGuestCPU])
    #expect(result.skipped("repeats another line") == 3)
  }

  @Test func aFunctionThatIsNotThereHasOnlyTheGuestsHalf() throws {
    let items = try readLog(
      """
      1@1.0:memory_region_ops_write cpu 0 mr 0xa addr 0xcf8 value 0x80010b04 size 4 name 'pci-conf-idx'
      1@1.0:memory_region_ops_read cpu 0 mr 0xb addr 0xcfe value 0xffffffff size 2 name 'pci-conf-data'
      1@1.0:memory_region_ops_write cpu 0 mr 0xb addr 0xcfc value 0x7 size 2 name 'pci-conf-data'
      1@1.0:virtio_set_status vdev 0x1 val 0

      """
    ).items
    #expect(items.map(\.kind) == [.pciConfiguration, .pciConfiguration, .hostStatus])
    // Bus 1, device 1, function 3.
    #expect(items.map(\.address).prefix(2) == [0x10_b006, 0x10_b004])
    #expect(items.map(\.value).prefix(2) == [0xffff, 7])
    #expect(items.map(\.record) == [2, 3, 4])
  }

  @Test func anotherThreadBetweenTheHalvesKeepsTheOrder() throws {
    let result = try readLog(
      """
      1@1.0:pci_cfg_read virtio-blk-pci 00:03.0 @0x20 -> 0x0
      2@1.0:virtio_notify vdev 0x1 vq 0x2
      1@1.0:memory_region_ops_read cpu 0 mr 0xb addr 0xb0018020 value 0x0 size 4 name 'pcie-mmcfg-mmio'

      """)
    #expect(result.items.map(\.kind) == [.pciConfiguration, .hostInterrupt])
    #expect(result.items.map(\.record) == [1, 2])
    #expect(result.items[0].address == 0x18020)
    #expect(result.items[0].width == 4)
    #expect(result.skipped("repeats another line") == 1)
  }

  @Test func ecamIsKnownFromTheFirstPair() throws {
    let line =
      "memory_region_ops_read cpu 0 mr 0xb addr 0xb0020000 value 0xffffffffffffffff size 4 name 'pcie-mmcfg-mmio'\n"
    let before = try readLog("1@1.0:" + line).items
    #expect(before.map(\.kind) == [.mmio])
    let after = try readLog(
      """
      1@1.0:memory_region_ops_write cpu 0 mr 0xb addr 0xb0000010 value 0xffffffff size 4 name 'pcie-mmcfg-mmio'
      1@1.0:pci_cfg_write mch 00:00.0 @0x10 <- 0xffffffff
      1@1.0:
      """ + line
    ).items
    #expect(after.map(\.kind) == [.pciConfiguration, .pciConfiguration])
    #expect(after[1].address == 0x20000)
    #expect(after[1].value == 0xffff_ffff)
  }

  @Test(arguments: [
    (0x3d, 0x1, 1), (0x4, 0x107, 2), (0x4, 0x100000, 4), (0x0, 0x1af4, 2), (0x34, 0x98, 1),
    (0x10, 0x0, 4), (0x20, 0x0, 4), (0xe, 0x80, 1), (0x40, 0x9, 0), (0x84, 0x7009, 0),
    (0x86, 0x7009, 2), (0x54, 0x12345, 4), (0x63, 0x4, 1),
  ]) func aWidthThatIsNotLoggedIsGuessedOrUnknown(register: Int, value: Int, width: UInt32) throws {
    let text = "pci_cfg_read virtio-blk-pci 00:03.0 @0x\(String(register, radix: 16))"
    let items = try readLog(text + " -> 0x\(String(value, radix: 16))\n").items
    #expect(items.map(\.width) == [width])
    #expect(items[0].address == UInt64(0x18000 | register))
  }

  @Test func statusIsDecimalAndWhatRepeatsIsCounted() throws {
    let result = try readLog(
      """
      1@1.0:memory_region_subpage_write cpu 0 mr 0x1 offset 0x14 value 0xf size 1
      1@1.0:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb02a70 value 0xf size 4 name 'virtio-mmio'
      1@1.0:virtio_mmio_write_offset virtio_mmio_write offset 0x70 value 0xf
      1@1.0:virtio_set_status vdev 0x55 val 15
      1@1.0:virtio_mmio_read virtio_mmio_read offset 0x70
      1@1.0:virtio_pci_notify_write 0x0 = 0x0 (2)

      """)
    #expect(result.items.map(\.kind) == [.hostRegion, .mmio, .hostStatus])
    #expect(result.items.last?.code == 0x0f)
    #expect(result.items.last?.address == 0x55)
    #expect(result.skipped("repeats another line") == 4)
  }

  /// A kick served by an ioeventfd has no access of its own, and QEMU kicks once itself after
  /// DRIVER_OK: the reader tells both in order and with their threads; which is which is not its business.
  @Test func kicksComeInOrderWithTheirThread() throws {
    let items = try readLog(
      """
      9@1.0:memory_region_ops_write cpu 0 mr 0x1 addr 0xfebf8014 value 0xf size 1 name 'virtio-pci-common-virtio-blk'
      9@1.0:virtio_set_status vdev 0x5 val 15
      8@1.0:virtio_queue_notify vdev 0x5 n 0 vq 0x7f01
      8@1.0:virtqueue_pop vq 0x7f01 elem 0x3 in_num 2 out_num 1
      70000@1.0:virtqueue_fill vq 0x7f01 elem 0x3 len 4097 idx 0
      70000@1.0:virtqueue_flush vq 0x7f01 count 1
      70000@1.0:virtio_notify_irqfd vdev 0x5 vq (nil)

      """
    ).items
    #expect(
      items.dropFirst().map(\.kind) == [
        .mmio, .hostStatus, .hostKick, .hostPop, .hostFill, .hostFlush, .hostInterrupt,
      ])
    #expect(items.dropFirst().map(\.cpu) == [9, 9, 8, 8, 4464, 4464, 4464])
    #expect(items.dropFirst().map(\.code) == [1, 15, 0, 2 << 16 | 1, 4097, 1, 1])
    #expect(items[3].value == 0x7f01)
    #expect(items[7].value == 0)
  }

  /// Before version 6 the bus was not told and the numbers were decimal.
  @Test func oldConfigurationLines() throws {
    let items = try readLog("pci_cfg_write virtio-blk-pci 31:7 @0x4 <- 0x107\n").items
    #expect(items.map(\.address) == [0xff004])
    #expect(items.map(\.flags) == [Access.Flags.toDevice.rawValue])
    let bad = try readLog("pci_cfg_write virtio-blk-pci 32:7 @0x4 <- 0x107\n")
    #expect(bad.items.isEmpty && bad.summary.problems.count == 1)
  }

  @Test func mappingsNameTheirDevice() throws {
    let items = try readLog(
      """
      1@1.0:pci_update_mappings_add virtio-blk-pci 00:1f.2 4,0xc040+0x20
      1@1.0:pci_update_mappings_del d=0x55 01:01.0 6,0xfebf8000+0x100000000

      """
    ).items
    #expect(items.map(\.kind) == [.hostMapping])
    #expect(items[0].address == 0xfa000)
    #expect(items[0].code == 4)
    #expect(items[0].width == 0x20)
    #expect(items[0].payload == Array("virtio-blk-pci".utf8))
  }

  @Test func channelEventsHaveNoData() throws {
    let items = try readLog(
      """
      1@1.0:virtio_ccw_new_device VIRTIO-CCW: add subchannel fe.0.0003, devno 0x0001 (user-configured)
      1@1.0:virtio_ccw_interpret_ccw VIRTIO-CCW: fe.0.0003: interpret command 0x31
      1@1.0:virtio_ccw_interpret_ccw VIRTIO-CCW: fe.0.0003: interpret command 0x12
      1@1.0:virtio_ccw_set_ind VIRTIO-CCW: indicator at 37126144: 0x0->0x80
      1@1.0:css_io_interrupt CSS: I/O interrupt on sch fe.0.0003 (intparm 0x00000000, isc 0x0)
      1@1.0:css_adapter_interrupt CSS: adapter I/O interrupt (isc 0x3)

      """
    ).items
    #expect(
      items.map(\.kind) == [
        .deviceHint, .channelCommand, .channelCommand, .memory, .interrupt, .interrupt,
      ])
    #expect(
      String(decoding: items[0].payload, as: UTF8.self)
        == #"{"transport":"ccw","id":"fe.0.0001","subchannel":"0xfe000003","devno":"0x0001"}"#)
    #expect(items[1].address == 0xfe00_0003)
    #expect(Access.Flags(rawValue: items[1].flags) == [.toDevice, .unknownData])
    #expect(Access.Flags(rawValue: items[2].flags) == [.unknownData])
    #expect(items[3].address == 37_126_144)
    #expect(items[3].payload == [0x80])
    #expect(items[4].code == 2)
    #expect(items[5].address == .max)
  }

  @Test func noiseIsCountedAndReadAround() throws {
    let text =
      "SeaBIOS (version 1.16.2)\r\n\r\n"
      + "2026-11-23T18:00:00.1Z qemu-system-x86_64: warning: nothing\n"
      + "1@1.0:virtio_set_status vdev 0x1 val 3\r\n" + "\u{0}\u{0}\u{0}\n"
      + "1@1.0:memory_region_ops_read cpu 0 mr 0x1 addr 0xzz\n"
      + "1@1.0:virtio_blk_rw_complete vdev 0x1 req 0x2 ret 0\n"
      + String(repeating: "x", count: 70_000) + "\n"
      + "1@1.0:virtio_set_status vdev 0x1 val 11\n" + "1@1.0:virtio_set_status vdev 0x1 val 1"
    for piece in [Int.max, 1000, 7] {
      let result = try readLog(text, piece: piece)
      #expect(result.items.map(\.code) == [3, 11])
      #expect(result.items.map(\.location) == [4, 9])
      #expect(result.items.map(\.record) == [1, 4])
      #expect(result.summary.records == 4)
      #expect(result.skipped("no trace event (by line)") == 3)
      #expect(result.skipped("virtio_blk_rw_complete event") == 1)
      #expect(result.skipped("unreadable event") == 1)
      #expect(result.summary.truncated)
      #expect(result.summary.problems.map(\.place) == [6, 8, 10])
    }
  }

  @Test func anEmptyLogIsEmpty() throws {
    let result = try readLog("")
    #expect(result.items.isEmpty && result.summary.records == 0)
    #expect(result.summary.problems.isEmpty && !result.summary.truncated)
  }

  @Test func manyRegionsAndNamesAreBounded() throws {
    var text = ""
    for index in 0..<6000 {
      text +=
        "memory_region_ops_read cpu 0 mr 0x\(index) addr 0xa0000000 value 0x1 size 4 name 'r'\n"
      text += "1@1.0:event_\(index) x\n"
    }
    let result = try readLog(text)
    #expect(result.kinds[.mmio] == 6000)
    #expect(result.kinds[.hostRegion] == 4096)
    #expect(result.summary.skipped.count == 65)
    #expect(result.skipped("events of other names") == 6000 - 64)
  }

  @Test func recognition() {
    func recognizes(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return QEMULogReader.recognizes(bytes.span.bytes)
    }
    #expect(recognizes("4155@1795396797.976176:virtio_set_status vdev 0x55 val 0\n"))
    #expect(recognizes("BIOS\nqemu: warning\n12@3.000001:some_event x\n"))
    #expect(recognizes("noise\r\nvirtio_set_status vdev 0x55 val 0\r\n"))
    #expect(!recognizes(" qemu-system-x86-28035 [000]  5148.156201: kvm_pio: pio_read at 0x71\n"))
    #expect(!recognizes("{ \"a\": 1 }\n"))
    #expect(!recognizes("trace_something else\n"))
    #expect(!recognizes(""))
  }

  /// Each host event, and the text that is made of it.
  @Test(arguments: [
    "virtio_set_status vdev 0x558790b7f600 val 11",
    "virtio_queue_notify vdev 0x558790b7f600 n 3 vq 0x7f93fa075010",
    "virtio_notify vdev 0x558790b7f600 vq 0x7f93fa075010",
    "virtio_notify_irqfd vdev 0x558790b7f600 vq 0x0",
    "virtqueue_pop vq 0x7f93fa075010 elem 0x0 in_num 2 out_num 1",
    "virtqueue_fill vq 0x7f93fa075010 elem 0x0 len 4097 idx 0",
    "virtqueue_flush vq 0x7f93fa075010 count 1",
    "pci_update_mappings_add virtio-blk-pci 01:1f.2 4,0xfebf8000+0x4000",
    "pci_update_mappings_del virtio-blk-pci 00:01.0 0,0xc000+0x80",
    "vtrace_region number 3 mr 0x55d060117fa0 addr 0xa003e00 name 'virtio-mmio'",
  ]) func textOfAHostEventReadsBack(line: String) throws {
    let bytes = Array(line.utf8)
    let parsed = QEMUEvent(line: bytes.span.bytes)
    let event = try #require(parsed)
    var text: [UInt8] = []
    QEMUEvent.append(
      event.access, payload: bytes.span.bytes.extracting(event.payload), to: &text)
    #expect(String(decoding: text, as: UTF8.self) == line)
    #expect(event.access.kind.rawValue >= 128)
    #expect(!event.hasTime)
  }
}
