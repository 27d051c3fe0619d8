import Testing

@testable import Model

/// Accesses in any order and of any value.
@Suite struct HostileAccessTests {
  @Test(arguments: 1...4)
  func noOrderOrValueStopsTheMachine(seed: UInt64) {
    var random = SplitMix(state: seed)
    var machine = Machine()
    var steps = StepBuffer()
    let kinds: [Access.Kind] = [
      .pciConfiguration, .pciConfiguration, .pciConfiguration, .portIO, .mmio, .mmio, .interrupt,
      .hostStatus, .hostKick, .hostInterrupt, .hostFlush, .hostMapping, .hostRegion,
      .machineEvent,
    ]
    let name = Array("virtio-pci-notify-virtio-blk".utf8)
    for record in 1...60_000 {
      let kind = kinds[Int(random.next() % UInt64(kinds.count))]
      var access = Access(
        kind: kind, record: UInt64(record), time: 0, location: 0, address: random.address(kind),
        value: random.value(), width: [0, 1, 2, 4, 8, 3, 16][Int(random.next() % 7)],
        code: UInt32(truncatingIfNeeded: random.next() % 5),
        flags: Access.Flags(rawValue: UInt16(random.next() % 4)),
        cpu: UInt16(random.next() % 3))
      if random.next() % 8 == 0 { access.code |= 1 << 31 }
      access.payloadCount = UInt32(random.next() % 40)
      access.payloadOffset = Int(truncatingIfNeeded: random.next() % 8) - 2
      machine.receive(access, payload: name.span.bytes, into: &steps)
      for step in steps.steps {
        if machine.devices.endsLife(step.transaction, of: step.device) {
          machine.devices.beginSession(of: step.device)
        }
        machine.devices[step.device].current.apply(step.transaction)
      }
      steps.removeAll()
    }
    #expect(machine.devices.count > 0)
    #expect(machine.pci.functions.count <= PCITransport.functionLimit)
  }

  private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return mixed ^ mixed >> 31
    }

    /// Few functions, ports and pages, so that accesses meet each other; now and then anything.
    mutating func address(_ kind: Access.Kind) -> UInt64 {
      if next() % 64 == 0 { return next() }
      switch kind {
      case .pciConfiguration, .hostMapping:
        let register =
          next() % 4 == 0 ? next() % 4096 : [0, 4, 6, 0x10, 0x20, 0x34][Int(next() % 6)]
        return (next() % 4) << 15 | register
      case .portIO: return [0xcf8, 0xcfc, 0xc000, 0xc010][Int(next() % 4)] + next() % 8
      case .mmio: return 0xfe00_0000 + next() % 0x4000
      default: return next() % 16
      }
    }

    mutating func value() -> UInt64 {
      let usual: [UInt64] = [
        0, 1, 7, 0xf, 0x10, 0x40, 0xffff_ffff, .max, 0x1001_1af4, 0x1042_1af4, 0xfe00_000c, 0xc001,
        0x4009, 0x5011, 0x8000_0000, 0x8000_0810, 0xffff_ffff_ffff_f00c,
      ]
      return next() % 3 == 0 ? next() : usual[Int(next() % UInt64(usual.count))]
    }
  }
}
