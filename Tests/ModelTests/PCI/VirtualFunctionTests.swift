import Foundation
import Testing

@testable import Model

/// The SR-IOV capability of a physical function, with the offsets that Linux's header has.
@Suite struct VirtualFunctionTests {
  private struct Missing: Error { let name: String }

  private static func offset(_ name: String) throws -> UInt64 {
    let text = try String(contentsOfFile: "/usr/include/linux/pci_regs.h", encoding: .utf8)
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 3, words[0] == "#define", words[1] == name else { continue }
      return try #require(UInt64(words[2].dropFirst(2), radix: 16))
    }
    throw Missing(name: name)
  }

  @Test func whatIsWrittenAndRead() throws {
    var talk = PCIConversation.enumerated(id: 0x1042)
    let capability: UInt64 = 0x100
    talk.readConfiguration(capability, 0x0001_0010, 4)
    #expect(talk.collector.machine.devices[0].profile.hasSRIOV == .yes)
    talk.startListening()
    talk.writeConfiguration(capability + (try Self.offset("PCI_SRIOV_BAR")), 0xffff_ffff, 4)
    talk.readConfiguration(capability + (try Self.offset("PCI_SRIOV_BAR")), 0xffff_c00c, 4)
    talk.writeConfiguration(capability + (try Self.offset("PCI_SRIOV_NUM_VF")), 4, 2)
    talk.writeConfiguration(capability + (try Self.offset("PCI_SRIOV_CTRL")), 9, 2)
    #expect(talk.texts == ["R vf_bar0 0xffffc00c", "W num_vfs 4", "W vf_enable 1"])
    let sriov = talk.collector.machine.devices[0].current.sriov
    #expect(sriov.isEnabled == .yes && sriov.count == 4 && sriov.hasFirstBAR)
    talk.writeConfiguration(capability + (try Self.offset("PCI_SRIOV_CTRL")), 0, 2)
    #expect(talk.collector.machine.devices[0].current.sriov.isEnabled == .no)
  }
}
