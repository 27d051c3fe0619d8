import Model

/// Rules about what a device's configuration space says, and which facts each one sees.
struct PCILayoutRules: Area {
  private var busConformant = PCIBusConformant()
  private var vendor = IdentityRule<IDVendor>()
  private var device = IdentityRule<IDDevice>()
  private var ntDeviceID = IdentityRule<IDNtDeviceID>()
  private var ntRevision = IdentityRule<IDNtRevision>()
  private var ntSubsystem = IdentityRule<IDNtSubsystem>()
  private var range = IdentityRule<IDRange>()
  private var decoyIOBar = IdentityRule<NtDevDecoyIOBar>()
  private var lenMin = CapabilityRule<CapLenMin>()
  private var lengthMin = CapLengthMin()
  private var insideBar = CapabilityRule<CapInsideBar>()
  private var lenCoversExtra = CapabilityRule<CapDevLenCoversExtra>()
  private var commonAligned = CapabilityRule<CommonDevOffsetAligned>()
  private var deviceAligned = CapabilityRule<DevCfgDevOffsetAligned>()
  private var memoryInsideBar = CapabilityRule<ShmDevInsideBar>()
  private var memoryIDUnique = CapabilityRule<ShmDevIDUnique>()
  private var vendorNotVirtio = CapabilityRule<VendorDevIDNotVirtio>()
  private var vendorSize = CapabilityRule<VendorDevSizeMultiple4>()
  private var commonPresent = PresenceRule<CommonDevCapPresent>()
  private var notifyPresent = PresenceRule<NotifyDevCapPresent>()
  private var isrPresent = PresenceRule<ISRDevCapPresent>()
  private var devicePresent = PresenceRule<DevCfgDevCapPresent>()
  private var windowPresent = PresenceRule<CfgCapDevPresent>()
  private var vectorCount = MSIXDevVectorCount()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .pciIdentity:
      out.run(&vendor, step, session)
      out.run(&ntRevision, step, session)
      out.run(&ntSubsystem, step, session)
    case .pciBAR: out.run(&busConformant, step, session)
    case .pciCapability: judgeCapability(step, session, &out)
    case .pciMessages: out.run(&vectorCount, step, session)
    case .pciCapabilitiesEnd: judgeEnd(step, session, &out)
    case .writeStatus: out.run(&lengthMin, step, session)
    default:
      // The rest is what the driver does, and no fact.
      break
    }
  }

  private mutating func judgeCapability(
    _ step: Transaction, _ session: Session, _ out: inout Verdicts
  ) {
    out.run(&lenMin, step, session)
    out.run(&lengthMin, step, session)
    out.run(&insideBar, step, session)
    out.run(&lenCoversExtra, step, session)
    out.run(&commonAligned, step, session)
    out.run(&deviceAligned, step, session)
    out.run(&memoryInsideBar, step, session)
    out.run(&memoryIDUnique, step, session)
    out.run(&vendorNotVirtio, step, session)
    out.run(&vendorSize, step, session)
  }

  private mutating func judgeEnd(_ step: Transaction, _ session: Session, _ out: inout Verdicts) {
    out.run(&busConformant, step, session)
    out.run(&device, step, session)
    out.run(&ntDeviceID, step, session)
    out.run(&range, step, session)
    out.run(&decoyIOBar, step, session)
    out.run(&commonPresent, step, session)
    out.run(&notifyPresent, step, session)
    out.run(&isrPresent, step, session)
    out.run(&devicePresent, step, session)
    out.run(&windowPresent, step, session)
  }

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (PCIBusConformant.self, busConformant.tally),
      (IdentityRule<IDVendor>.self, vendor.tally),
      (IdentityRule<IDDevice>.self, device.tally),
      (IdentityRule<IDNtDeviceID>.self, ntDeviceID.tally),
      (IdentityRule<IDNtRevision>.self, ntRevision.tally),
      (IdentityRule<IDNtSubsystem>.self, ntSubsystem.tally),
      (IdentityRule<IDRange>.self, range.tally),
      (IdentityRule<NtDevDecoyIOBar>.self, decoyIOBar.tally),
      (CapabilityRule<CapLenMin>.self, lenMin.tally),
      (CapLengthMin.self, lengthMin.tally),
      (CapabilityRule<CapInsideBar>.self, insideBar.tally),
      (CapabilityRule<CapDevLenCoversExtra>.self, lenCoversExtra.tally),
      (CapabilityRule<CommonDevOffsetAligned>.self, commonAligned.tally),
      (CapabilityRule<DevCfgDevOffsetAligned>.self, deviceAligned.tally),
      (CapabilityRule<ShmDevInsideBar>.self, memoryInsideBar.tally),
      (CapabilityRule<ShmDevIDUnique>.self, memoryIDUnique.tally),
      (CapabilityRule<VendorDevIDNotVirtio>.self, vendorNotVirtio.tally),
      (CapabilityRule<VendorDevSizeMultiple4>.self, vendorSize.tally),
      (PresenceRule<CommonDevCapPresent>.self, commonPresent.tally),
      (PresenceRule<NotifyDevCapPresent>.self, notifyPresent.tally),
      (PresenceRule<ISRDevCapPresent>.self, isrPresent.tally),
      (PresenceRule<DevCfgDevCapPresent>.self, devicePresent.tally),
      (PresenceRule<CfgCapDevPresent>.self, windowPresent.tally),
      (MSIXDevVectorCount.self, vectorCount.tally),
    ]
  }
}
