import Model
import Reports
public import Rules
import VirtioSpec

/// Transactions that no driver and no transport would make, chosen by bytes.
public enum HostileTransactions {
  /// Takes the transactions that `bytes` choose through all rules, and returns what they found.
  public static func run(_ bytes: [UInt8]) -> [Finding] {
    var choices = ByteChoices(bytes)
    var analysis = Analysis()
    analysis.onTransaction = { step, device in
      _ = TransactionLine(start: 0).text(step, of: device)
    }
    let devices = (0...choices.below(3)).map { _ in addDevice(to: &analysis, &choices) }
    var record: UInt64 = 0
    while !choices.isAtEnd {
      // Now and then several transactions are of one record.
      if choices.below(8) != 0 { record += 1 }
      let reference = RecordReference(
        record: record, time: Int64(bitPattern: choices.interesting()), location: record)
      analysis.take(transaction(at: reference, &choices), of: choices.element(devices))
    }
    analysis.finish()
    return analysis.verdicts.findings
  }

  private static func addDevice(
    to analysis: inout Analysis, _ choices: inout ByteChoices
  ) -> Int32 {
    var profile = DeviceProfile(transport: choices.element([.pci, .mmio, .ccw]))
    let type = choices.byte()
    profile.type = type == 0xff ? nil : DeviceType(rawValue: .init(type))
    profile.pciDeviceID = UInt16(truncatingIfNeeded: 0x1000 + Int(choices.byte()))
    profile.hasCommonConfiguration = choices.element([.unknown, .no, .yes])
    profile.hasSRIOV = choices.element([.unknown, .no, .yes])
    profile.guestIsBigEndian = choices.element([.unknown, .no, .yes])
    profile.capabilityListComplete = choices.below(2) == 0
    profile.sharedMemory.insert(UInt8(truncatingIfNeeded: profile.pciDeviceID))
    profile.mmioVersion = UInt32(choices.below(4))
    return analysis.addDevice(
      id: "device", profile: profile, startKnown: choices.below(2) == 0)
  }

  private static func transaction(
    at reference: RecordReference, _ choices: inout ByteChoices
  ) -> Transaction {
    var step = Transaction(choices.element(Transaction.Kind.allCases), at: reference)
    step.interface = choices.element(Transaction.Interface.allCases)
    step.value = choices.interesting()
    let shape = choices.byte()
    // Most are plain; the rest is as odd as it gets.
    step.queue =
      shape & 1 == 0 ? Int32(shape >> 6) : Int32(truncatingIfNeeded: choices.interesting())
    step.index =
      shape & 2 == 0 ? UInt32(shape >> 6) : UInt32(truncatingIfNeeded: choices.interesting())
    step.mask = shape & 4 == 0 ? 0xffff_ffff : choices.interesting()
    // One byte for both halves, so that old cases keep their meaning.
    if shape & 8 != 0 {
      step.traits = Transaction.Traits(rawValue: UInt16(choices.byte()) &* 0x0101)
    }
    step.width = shape & 16 == 0 ? 4 : choices.byte()
    if shape & 32 != 0 { step.byteInField = choices.byte() }
    step.cpu = UInt16(choices.below(4))
    return step
  }
}
