import Model
import VirtioSpec

/// The rules about device types: each step goes to the area of its device's type alone.
struct DeviceRules: Area {
  private var net = OnDemand<NetRules>()
  private var netRequests = OnDemand<NetRequestRules>()
  private var blk = OnDemand<BlkRules>()
  private var console = OnDemand<ConsoleRules>()
  private var balloon = OnDemand<BalloonRules>()
  private var scsi = OnDemand<SCSIRules>()
  private var gpu = OnDemand<GPURules>()
  private var input = OnDemand<InputRules>()
  private var vsock = OnDemand<VsockRules>()
  private var fs = OnDemand<FSRules>()
  private var rpmb = OnDemand<RPMBRules>()
  private var iommu = OnDemand<IOMMURules>()
  private var sound = OnDemand<SoundRules>()
  private var crypto = OnDemand<CryptoRules>()
  private var mem = OnDemand<MemRules>()
  private var pmem = OnDemand<PmemRules>()
  private var i2c = OnDemand<I2CRules>()
  private var scmi = OnDemand<SCMIRules>()
  private var gpio = OnDemand<GPIORules>()
  private var can = OnDemand<CANRules>()
  private var spi = OnDemand<SPIRules>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard let type = session.profile.type, step.kind != .kick || Self.watchesKicks(type) else {
      return
    }
    switch type.rawValue {
    case 1 where Self.watchesRing(step, session): netRequests.judge(step, in: session, &out)
    case 1: net.judge(step, in: session, &out)
    case 2: blk.judge(step, in: session, &out)
    case 3: console.judge(step, in: session, &out)
    case 5: balloon.judge(step, in: session, &out)
    case 8: scsi.judge(step, in: session, &out)
    case 16: gpu.judge(step, in: session, &out)
    case 18: input.judge(step, in: session, &out)
    case 19: vsock.judge(step, in: session, &out)
    case 26: fs.judge(step, in: session, &out)
    case 28: rpmb.judge(step, in: session, &out)
    case 23: iommu.judge(step, in: session, &out)
    case 25: sound.judge(step, in: session, &out)
    case 20: crypto.judge(step, in: session, &out)
    case 24: mem.judge(step, in: session, &out)
    case 27: pmem.judge(step, in: session, &out)
    case 34: i2c.judge(step, in: session, &out)
    case 32: scmi.judge(step, in: session, &out)
    case 41: gpio.judge(step, in: session, &out)
    case 36: can.judge(step, in: session, &out)
    case 45: spi.judge(step, in: session, &out)
    default: break
    }
  }

  /// Notifications come by the million: only these types have a rule that looks at the first.
  private static func watchesKicks(_ type: DeviceType) -> Bool {
    type == .crypto || type == .pmem || type == .scsi
  }

  /// Of the steps about rings the areas see requests and answers, and the chains of network devices.
  static func watchesRing(_ step: Transaction, _ session: Session) -> Bool {
    step.isRequestStep || step.kind == .bufferAvailable && session.profile.type == .net
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    net.conclude(session, end: end, &out)
    netRequests.conclude(session, end: end, &out)
    blk.conclude(session, end: end, &out)
    console.conclude(session, end: end, &out)
    balloon.conclude(session, end: end, &out)
    scsi.conclude(session, end: end, &out)
    gpu.conclude(session, end: end, &out)
    input.conclude(session, end: end, &out)
    vsock.conclude(session, end: end, &out)
    fs.conclude(session, end: end, &out)
    rpmb.conclude(session, end: end, &out)
    iommu.conclude(session, end: end, &out)
    sound.conclude(session, end: end, &out)
    crypto.conclude(session, end: end, &out)
    mem.conclude(session, end: end, &out)
    pmem.conclude(session, end: end, &out)
    i2c.conclude(session, end: end, &out)
    scmi.conclude(session, end: end, &out)
    gpio.conclude(session, end: end, &out)
    can.conclude(session, end: end, &out)
    spi.conclude(session, end: end, &out)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    var all: [(type: any Rule.Type, tally: Tally)] = []
    all += net.rules
    all += netRequests.rules
    all += blk.rules
    all += console.rules
    all += balloon.rules
    all += scsi.rules
    all += gpu.rules
    all += input.rules
    all += vsock.rules
    all += fs.rules
    all += rpmb.rules
    all += iommu.rules
    all += sound.rules
    all += crypto.rules
    all += mem.rules
    all += pmem.rules
    all += i2c.rules
    all += scmi.rules
    all += gpio.rules
    all += can.rules
    all += spi.rules
    return all
  }
}
