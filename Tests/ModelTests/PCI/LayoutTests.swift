import Foundation
import Testing
import TraceKit
import VirtioSpec

@testable import Model

/// What configuration space says, as transactions.
@Suite struct LayoutTests {
  let common: UInt64 = 0xfe00_0000

  private func facts(_ talk: PCIConversation) -> [String] { talk.collector.facts.map(\.step.text) }

  @Test func theLayoutIsToldBeforeTheFirstUse() {
    var talk = PCIConversation.enumerated()
    #expect(facts(talk).isEmpty)
    talk.read(common + 0x14, 0, 1)
    #expect(
      facts(talk) == [
        "function 1af4:1001 scanned", "bar 0 io", "bar 1 memory32", "bar 4 memory64",
        "capability window at=0x84",
        "capability notify at=0x70 bar=4 offset=0x3000 length=0x1000 multiplier=4",
        "capability device at=0x60 bar=4 offset=0x2000 length=0x1000",
        "capability isr at=0x50 bar=4 offset=0x1000 length=0x1000",
        "capability common at=0x40 bar=4 offset=0x0 length=0x1000",
        "msix vectors=4 bar=1 offset=0x0 off", "capabilities end",
      ])
    #expect(talk.session.layout.all(.notify).count == 1)
    #expect(talk.session.steps == 2, "the command register and the status")
  }

  @Test func whatIsReadLaterIsToldOnce() {
    var talk = PCIConversation.enumerated()
    talk.read(common + 0x14, 0, 1)
    talk.collector.facts = []
    talk.readConfiguration(0x42, 16, 1)
    talk.readConfiguration(0x08, 0x0100_0001, 4)
    talk.read(common + 0x14, 0, 1)
    talk.read(common + 0x14, 0, 1)
    #expect(
      facts(talk) == [
        "function 1af4:1001 revision=1 scanned",
        "capability common at=0x40 len=16 bar=4 offset=0x0 length=0x1000",
      ])
    #expect(talk.session.layout.capabilities.count == 5)
  }

  @Test func aFunctionThatNobodyUsesIsToldAtTheEnd() {
    var talk = PCIConversation.enumerated()
    talk.collector.finish()
    #expect(facts(talk).last == "capabilities end")
    talk.collector.finish()
    #expect(facts(talk).count == 11)
  }

  @Test func aLoopInTheListIsToldAndEndsTheWalk() {
    var talk = PCIConversation()
    talk.readConfiguration(0x00, 0x1042_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.capability(0x40, next: 0x60, type: 1)
    talk.capability(0x60, next: 0x40, type: 3)
    talk.collector.finish()
    #expect(facts(talk).last == "capabilities loop")
  }

  @Test func areasOfReservedTypesAreWatched() {
    var talk = PCIConversation()
    talk.readConfiguration(0x00, 0x1042_1af4, 4)
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x20, 0xfe00_000c, 4)
    talk.readConfiguration(0x24, 0, 4)
    talk.readConfiguration(0x34, 0x40, 1)
    talk.capability(0x40, next: 0x60, type: 1)
    talk.capability(0x60, next: 0, type: 7, offset: 0x800)
    talk.writeConfiguration(0x04, 2, 2)
    talk.startListening()
    // The areas overlap: what virtio knows lies above.
    talk.read(common + 0x14, 0, 1)
    talk.read(common + 0x1010, 5, 4)
    talk.writeConfiguration(0x64, 1, 1)
    #expect(
      talk.texts == [
        "R status 0x00", "R area[0x60:0x810:4] 0x00000005", "W pci_config[0x64:1] 0x01",
      ])
  }

  @Test func theStatusRegisterIsToldWhereItAssertsTheInterrupt() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.readConfiguration(0x06, 0x10, 2)
    talk.readConfiguration(0x06, 0x18, 2)
    #expect(talk.texts == ["R pci_config[0x06:2] 0x0018"])
    #expect(talk.session.interruptAsserted)
  }

  /// Every line that a fact prints is read back as the same fact.
  @Test(arguments: [
    "function 1af4:1042", "function 1af4:1001 revision=0 subsystem=1af4:0002 fresh scanned",
    "bar 0 none", "bar 4 memory64", "bar 2 io size=0x20", "bar 1 reserved size=0x10",
    "capability window at=0x84 len=20", "capability 0x07 at=0x60 bar=9 id=3 offset=0x8",
    "capability memory at=0x60 len=24 bar=2 id=1 offset=0x100000000 length=0x200000000",
    "capability vendor at=0xa0 len=8 vendor=0x15b3", "msix",
    "msix vectors=2048 bar=5 offset=0xfffffff8 on",
    "capabilities end", "capabilities loop", "R window[4:0x14:1] 0x0b",
    "W window[7:0x0:4] 0x00000001",
    "R area[0x60:0x10:4] 0x00000005", "W pci_config[0x44:2] 0x0001", "kick queue[1] 0x0001 at=0x4",
    "R admin_queue_index 3", "W queue[0].desc 0x10 width=8",
  ])
  func textsAreReadBack(_ text: String) throws {
    #expect(try TransactionParser().parse(text, record: 1).text == text)
  }
}
