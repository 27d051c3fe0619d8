import Model
import Rules
import Testing
import VirtioSpec

/// The limit that a page cannot show: a device is accused only after many reads and much time.
@Suite struct DevStatusZeroTests {
  /// The findings after `reads` reads of 0x0f, `gap` nanoseconds apart, on PCI.
  private func findings(reads: Int, gap: Int64) -> [String] {
    var analysis = Analysis()
    let device = analysis.addDevice(
      id: "pci", profile: DeviceProfile(transport: .pci), startKnown: true)
    func place(_ number: Int) -> RecordReference {
      RecordReference(
        record: UInt64(number + 1), time: Int64(number) * gap, location: UInt64(number + 1))
    }
    analysis.take(
      Transaction(.writeStatus, at: place(0), value: 0, interface: .modern), of: device)
    for number in 0..<reads {
      analysis.take(
        Transaction(.readStatus, at: place(number + 1), value: 0x0f, interface: .modern),
        of: device)
    }
    analysis.finish()
    return analysis.verdicts.findings.filter { !$0.isAbsorbed }.map(\.message)
  }

  @Test func accusesAfterAThousandReadsOverASecond() {
    #expect(
      findings(reads: 1200, gap: 1_000_000)
        == ["device returns status 0x0f 1000 times after a reset instead of 0"])
  }

  @Test func waitsWhileReadsAreFew() {
    #expect(findings(reads: 999, gap: 10_000_000).isEmpty)
  }

  @Test func waitsWhileTimeIsShort() {
    #expect(findings(reads: 5000, gap: 1000).isEmpty)
  }
}
