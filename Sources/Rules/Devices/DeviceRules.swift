import Model
import VirtioSpec

/// The rules about device types: each step goes to the area of its device's type alone.
struct DeviceRules: Area {
  private var net = OnDemand<NetRules>()
  private var blk = OnDemand<BlkRules>()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard let type = session.profile.type, step.kind != .kick || Self.watchesKicks(type) else {
      return
    }
    switch type.rawValue {
    case 1: net.judge(step, in: session, &out)
    case 2: blk.judge(step, in: session, &out)
    default: break
    }
  }

  /// Notifications come by the million: only these types have a rule that looks at the first.
  private static func watchesKicks(_ type: DeviceType) -> Bool {
    type == .crypto || type == .pmem || type == .scsi
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {
    net.conclude(session, end: end, &out)
    blk.conclude(session, end: end, &out)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    net.rules + blk.rules
  }
}
