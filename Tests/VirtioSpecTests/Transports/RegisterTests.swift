import Testing
import VirtioSpec

@Suite struct RegisterTests {
  @Test func tablesHaveNoOverlap() {
    check(CommonConfigurationField.self, end: PCIConstants.commonConfigurationSize)
    check(LegacyHeaderField.self, end: PCIConstants.legacyConfigOffsetWithMSIX)
    check(MMIORegister.self, end: MMIOConstants.configOffset)
    check(LegacyMMIORegister.self, end: MMIOConstants.configOffset)
  }

  private func check<R: Register>(_ table: R.Type, end: Int) {
    var last = 0
    for register in table.allCases {
      #expect(register.offset >= last, "\(register.name)")
      #expect([1, 2, 4, 8].contains(register.width))
      last = register.offset + register.width
    }
    #expect(last <= end)
  }

  @Test func coveringFindsTheMiddleOfAField() throws {
    let (field, byte) = try #require(CommonConfigurationField.covering(0x24))
    #expect(field == .queueDesc && byte == 4)
    #expect(CommonConfigurationField.covering(64) == nil)
    #expect(CommonConfigurationField.covering(-1) == nil)
    // QueueReady and QueueNotify have a gap between them.
    #expect(MMIORegister.covering(0x48) == nil)
    #expect(MMIORegister(rawValue: 0x70) == .status)
  }

  @Test func newerFieldsSaySo() {
    #expect(CommonConfigurationField.queueDevice.introducedIn == .v1_0)
    #expect(CommonConfigurationField.queueReset.introducedIn == .v1_2)
    #expect(CommonConfigurationField.queueReset.requiredFeature == 40)
    #expect(CommonConfigurationField.adminQueueNum.introducedIn == .v1_3)
    #expect(MMIORegister.queueReset.requiredFeature == 40)
  }

  @Test func accessIsThatOfTheDriver() {
    #expect(CommonConfigurationField.numQueues.access == .readOnly)
    #expect(MMIORegister.queueNotify.access == .writeOnly)
    #expect(!MMIORegister.queueNotify.access.isReadable)
    #expect(!LegacyHeaderField.isrStatus.access.isWritable)
  }

  @Test func channelCommandsKnowTheirLength() {
    #expect(CCWCommand(rawValue: 0x13) == .setVq)
    #expect(CCWCommand.setVq.length(atRevision: 0) == 16)
    #expect(CCWCommand.setVq.length(atRevision: 1) == 32)
    #expect(CCWCommand.readFeat.length(atRevision: 0) == 5)
    #expect(CCWCommand.readConf.length == nil)
    #expect(CCWCommand.readStatus.minRevision == 2)
    #expect(CCWCommand.setVirtioRev.minRevision == nil)
    #expect(CCWCommand.readVqConf.direction == .toDriverWithInput)
  }
}
