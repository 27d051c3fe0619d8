import Testing
import VirtioSpec

@testable import Model

/// What QEMU's own log tells twice, on its own account, or alone.
@Suite struct HostEventsTests {
  private let notify: UInt64 = 0xfe00_3000

  @Test func aKickThatWasRecordedIsOne() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.write(notify, 0, 2)
    talk.host(.hostKick, code: 0, vq: 0x77)
    talk.write(notify, 0, 2)
    talk.host(.hostKick, code: 0, vq: 0x77)
    #expect(talk.texts == ["kick queue[0] 0x0000", "kick queue[0] 0x0000"])
  }

  @Test func theFirstAfterDriverOKIsTheDevicesOwn() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.host(.hostKick, code: 0, vq: 0x77, cpu: 9)
    talk.host(.hostKick, code: 1, vq: 0x78, cpu: 9)
    talk.host(.hostKick, code: 0, vq: 0x77, cpu: 9)
    #expect(talk.texts == ["kick queue[0] 0x0000 host"])
  }

  @Test func aKickOfAnotherThreadIsAnother() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.write(notify, 0, 2)
    talk.host(.hostKick, code: 0, vq: 0x77)
    talk.host(.hostKick, code: 0, vq: 0x77, cpu: 9)
    #expect(talk.texts == ["kick queue[0] 0x0000", "kick queue[0] 0x0000 host"])
  }

  @Test func anUnboundHandleIsNobodys() {
    var talk = PCIConversation.enumerated()
    talk.startListening()
    talk.host(.hostKick, vdev: 0x66, code: 0, vq: 0x77, cpu: 9)
    talk.host(.hostInterrupt, vdev: 0x66, vq: 0x77, cpu: 9)
    talk.host(.hostStatus, vdev: 0x66, code: 0)
    #expect(talk.texts == [])
  }

  @Test func interruptsNameTheQueueOfTheirHandle() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.write(notify + 4, 1, 2)
    talk.host(.hostKick, code: 1, vq: 0x78)
    talk.host(.hostPop, vdev: 0, code: 0x10001, vq: 0x78)
    talk.host(.hostFlush, vdev: 0, code: 1, vq: 0x78)
    talk.host(.hostInterrupt, vq: 0x78)
    talk.host(.hostInterrupt, vq: 0x79)
    #expect(
      talk.texts == [
        "kick queue[1] 0x0001 at=0x4", "taken queue[1] 1 host", "used queue[1] 1 host",
        "irq queue[1] host", "irq unknown host",
      ])
  }

  @Test func aResetOfTheMachineEndsTheLife() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.host(.hostStatus, code: 0, cpu: 9)
    talk.host(.hostStatus, code: 0, cpu: 9)
    #expect(talk.texts == ["reset host"])
    #expect(talk.collector.machine.devices[0].current.startKnown)
  }

  @Test func theDriversOwnResetIsToldTwice() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.write(0xfe00_0014, 0, 1)
    talk.host(.hostStatus, code: 0)
    talk.host(.hostStatus, code: 0)
    #expect(talk.texts == ["W status 0x00"])
  }

  @Test func busMasteringOffIsNoStatusOfTheDriver() {
    var talk = PCIConversation.enumerated()
    talk.driverOK()
    talk.writeConfiguration(0x04, 3, 2)
    talk.host(.hostStatus, code: 11)
    #expect(talk.texts == ["W pci_command 0x3"])
    #expect(talk.collector.machine.devices[0].current.status.rawValue == 15)
  }

  @Test func aDeviceThatAppearsResetBeginsItsLifeHere() {
    var talk = PCIConversation()
    talk.host(.hostStatus, code: 0)
    talk.readConfiguration(0, 0x1042_1af4, 4)
    #expect(talk.collector.machine.devices[0].current.startKnown)
    var late = PCIConversation()
    late.readConfiguration(0, 0x1042_1af4, 4)
    #expect(!late.collector.machine.devices[0].current.startKnown)
  }

  @Test func messagesThatRepeatTheLogAreLeftOut() {
    var talk = PCIConversation.enumerated()
    talk.writeConfiguration(0x9a, 0x8003, 2)
    talk.write(0xfd00_0000, 0xfee0_1000, 4)
    talk.write(0xfd00_0008, 0x4021, 4)
    talk.write(0xfd00_000c, 0, 4)
    talk.write(0xfe00_0016, 0, 2)
    talk.write(0xfe00_001a, 0, 2)
    talk.driverOK()
    talk.write(0xfe00_001a, 0, 2)
    talk.write(notify, 0, 2)
    talk.host(.hostKick, code: 0, vq: 0x77)
    talk.startListening()
    talk.host(.hostInterrupt, vq: 0x77)
    talk.send(.interrupt, 0xfee0_1000, 0x4021, 4, [], code: 1)
    #expect(talk.texts == ["irq queue[0] host"])
  }
}
