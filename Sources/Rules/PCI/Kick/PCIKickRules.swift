import Model
import VirtioSpec

/// Rules about notifications.
///
/// A running device is notified by the million, and nearly always as before: what was judged once
/// in the same words is passed by.
struct PCIKickRules: Area {
  private var width16 = KickWidthRule<KickWidth16>()
  private var width32 = KickWidthRule<KickWidth32>()
  private var valueIndex = KickValueRule<KickValueIndex>()
  private var valueIndexData = KickValueRule<KickValueIndexData>()
  private var valueConfigData = KickValueRule<KickValueConfigData>()
  private var valueConfigDataData = KickValueRule<KickValueConfigDataData>()
  private var address = PCIKickAddress()
  /// The last notification of each of the first queues that broke nothing.
  private var plain: [UInt64] = []

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard step.kind == .kick, step.interface == .modern, session.profile.transport == .pci else {
      return
    }
    // Before DRIVER_OK features may still change.
    guard session.marks.driverOK.isSet, step.hasValue, step.queue >= 0, step.queue < 256 else {
      return judgeAll(step, session, &out)
    }
    let place = Int(step.queue)
    while plain.count <= place { plain.append(.max) }
    let words =
      UInt64(step.index) << 32 | (step.value & 0xffff) << 16 | UInt64(step.width) << 8
      | UInt64(step.traits.rawValue)
    guard plain[place] != words else { return }
    let known = out.findings.count
    let broken = breaches
    judgeAll(step, session, &out)
    if out.findings.count == known, breaches == broken { plain[place] = words }
  }

  /// How often any of the rules was broken.
  private var breaches: UInt64 {
    let widths = UInt64(width16.tally.broken) + UInt64(width32.tally.broken)
    let values =
      UInt64(valueIndex.tally.broken) + UInt64(valueIndexData.tally.broken)
      + UInt64(valueConfigData.tally.broken) + UInt64(valueConfigDataData.tally.broken)
    return widths + values + UInt64(address.tally.broken)
  }

  private mutating func judgeAll(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&width16, step, session)
    out.run(&width32, step, session)
    out.run(&valueIndex, step, session)
    out.run(&valueIndexData, step, session)
    out.run(&valueConfigData, step, session)
    out.run(&valueConfigDataData, step, session)
    out.run(&address, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (KickWidthRule<KickWidth16>.self, width16.tally),
      (KickWidthRule<KickWidth32>.self, width32.tally),
      (KickValueRule<KickValueIndex>.self, valueIndex.tally),
      (KickValueRule<KickValueIndexData>.self, valueIndexData.tally),
      (KickValueRule<KickValueConfigData>.self, valueConfigData.tally),
      (KickValueRule<KickValueConfigDataData>.self, valueConfigDataData.tally),
      (PCIKickAddress.self, address.tally),
    ]
  }
}
