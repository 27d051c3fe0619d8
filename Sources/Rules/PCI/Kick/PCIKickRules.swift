import Model
import VirtioSpec

/// Rules about notifications.
struct PCIKickRules: Area {
  private var width16 = KickWidthRule<KickWidth16>()
  private var width32 = KickWidthRule<KickWidth32>()
  private var valueIndex = KickValueRule<KickValueIndex>()
  private var valueIndexData = KickValueRule<KickValueIndexData>()
  private var valueConfigData = KickValueRule<KickValueConfigData>()
  private var valueConfigDataData = KickValueRule<KickValueConfigDataData>()
  private var address = PCIKickAddress()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    guard step.kind == .kick, step.interface == .modern, session.profile.transport == .pci else {
      return
    }
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
