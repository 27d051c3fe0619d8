import Model
import TraceKit
import VirtioSpec

/// Failures that show on virtio-pci.
extension RegisterFailureTests {
  private static let version1: UInt64 = 1 << 32
  private static let flush: UInt64 = 1 << 9

  static let failures: [Failure] = mmioFailures + pciFailures + queueFailures

  static let pciFailures: [Failure] = [
    Failure(pci: "R8", .rules(["core.init.setup-before-driver-ok", "pci.msix.drv-verify"])) {
      var scene = begun(flush)
      scene.enableMessages()
      scene.write(0x10, 0, 2)
      scene.status(0xf)
      scene.kick(0)
      scene.queue(0)
      return scene
    },
    Failure(pci: "R17", .line("W queue[0].size 16")) {
      var scene = begun(flush)
      scene.write(0x16, 0, 2)
      scene.write(0x18, 16, 2)
      scene.write(0x20, 0x10_0000, 4)
      scene.write(0x1c, 1, 2)
      scene.status(0xf)
      return scene
    },
    Failure(pci: "R22", .rules(["pci.common.wait-reset"])) {
      var scene = PCIScene()
      scene.run()
      scene.status(0)
      scene.status(1)
      scene.status(3)
      scene.features(version1 | flush, version1 | flush)
      return scene
    },
    Failure(pci: "R23", .rules(["core.reset.dev-status-zero"])) {
      var scene = PCIScene()
      scene.run()
      scene.status(0)
      for _ in 0..<1000 {
        scene.readStatus(0x8f)
        scene.registers.wait(milliseconds: 2)
      }
      return scene
    },
    Failure(pci: "R24", .line("W driver_feature[3] 0x00000000")) {
      var scene = PCIScene()
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      for word in [2, 3] as [UInt64] {
        scene.write(0x08, word, 4)
        scene.write(0x0c, 0, 4)
      }
      scene.confirm()
      scene.queue(0)
      scene.status(0xf)
      return scene
    },
    Failure(pci: "R27", .rules(["feature.dev-accept-valid-subset"])) {
      var scene = PCIScene()
      scene.begin()
      scene.features(version1 | flush | 1 << 6, version1 | flush)
      scene.status(0xb)
      scene.readStatus(3)
      scene.status(0x83)
      return scene
    },
    Failure(pci: "R30", .rules(["feature.accept-subset-of-offered", "net.feat.requires-accepted"]))
    {
      var scene = PCIScene(plan(id: 0x1041))
      scene.begin()
      scene.features(version1 | 1 << 5, version1 | 1 << 5 | 1 << 22)
      scene.confirm()
      return scene
    },
    Failure(pci: "R35", .rules(["pci.notify.dev-length-formula-2"])) {
      var plan = PCIScene.Plan()
      plan.notifyLength = 4
      var scene = PCIScene(plan)
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      scene.confirm()
      scene.write(0x16, 0, 2)
      scene.read(0x18, 256, 2)
      scene.read(0x1e, 1, 2)
      return scene
    },
    Failure(pci: "R38", .rules(["pci.cap.len-min"])) {
      var plan = PCIScene.Plan()
      plan.windowLength = 16
      return PCIScene(plan)
    },
    Failure(pci: "R39", .rules(["pci.access.wide-as-32"])) {
      var scene = begun(flush)
      scene.write(0x16, 0, 2)
      scene.read(0x18, 256, 2)
      scene.write(0x20, 0x10_0000, 8)
      return scene
    },
    Failure(pci: "R40", .rules(["pci.access.natural-width"])) {
      var scene = PCIScene()
      scene.write(0x14, 0, 4)
      scene.read(0x14, 0, 4)
      return scene
    },
    Failure(pci: "R41", .rules(["pci.access.natural-width"])) {
      var scene = begun(flush)
      scene.write(0x16, 0, 4)
      return scene
    },
    // The device does not know any more that MSI-X is on, and shows its configuration at 20.
    Failure(pci: "R43", .rules(["legacy.pci.dev-config-offset"])) {
      var scene = PCIScene(plan(id: 0x1001))
      legacyStart(&scene)
      scene.readPort(20, 0x4000, 4)
      scene.readPort(24, 0x11, 4)
      scene.enableMessages()
      scene.readPort(24, 0x11, 4)
      return scene
    },
    Failure(pci: "R47", .rules(["pci.msix.dev-unmapped-on-reset"])) {
      var scene = PCIScene()
      scene.enableMessages()
      scene.begin()
      scene.read(0x10, 0, 2)
      return scene
    },
    Failure(pci: "R48", .line("W config_vector 0xffff")) {
      var scene = begun(flush)
      scene.enableMessages()
      scene.write(0x10, 0xffff, 2)
      scene.queue(0, vector: 0)
      scene.status(0xf)
      return scene
    },
    Failure(pci: "R52", .rules(["pci.common.queue-select-range"])) {
      var scene = begun(flush)
      scene.read(0x12, 1, 2)
      scene.write(0x16, 5, 2)
      scene.write(0x1a, 0, 2)
      scene.write(0x1c, 1, 2)
      return scene
    },
    Failure(pci: "R53", .line("irq unknown")) {
      var scene = PCIScene()
      scene.run()
      scene.kick(0)
      scene.registers.line(11, isRaised: true)
      scene.kick(0)
      return scene
    },
    Failure(pci: "R58", .rules(["pci.isr.dev-int-status-bit"])) {
      var scene = PCIScene()
      scene.run()
      scene.kick(0)
      scene.registers.line(11, isRaised: true)
      scene.status(0)
      scene.readStatus(0)
      // The line stands although the reset took its cause away.
      scene.status(1)
      scene.configuration(0x06, 0x18, 2)
      scene.registers.read(.mmio, PCIScene.isr, 0, 1)
      return scene
    },
    Failure(pci: "R60", .line("R isr 0x02")) {
      var scene = PCIScene()
      scene.run()
      scene.registers.line(11, isRaised: true)
      scene.registers.read(.mmio, PCIScene.isr, 2, 1)
      return scene
    },
    Failure(pci: "R90", .rules(["split.align.parts"])) {
      var scene = begun(flush)
      scene.write(0x16, 0, 2)
      scene.read(0x18, 256, 2)
      scene.write(0x20, 0x10_0002, 4)
      scene.write(0x24, 0, 4)
      scene.write(0x28, 0x10_8001, 4)
      scene.write(0x2c, 0, 4)
      scene.write(0x30, 0x10_a002, 4)
      scene.write(0x34, 0, 4)
      scene.write(0x1c, 1, 2)
      scene.status(0xf)
      return scene
    },
    Failure(pci: "R91", .line("R queue[0].desc.high 0x0")) {
      var scene = begun(flush)
      scene.write(0x16, 0, 2)
      scene.read(0x18, 256, 2)
      scene.write(0x20, 0x10_0000, 4)
      scene.write(0x24, 1, 4)
      scene.read(0x20, 0x10_0000, 4)
      scene.read(0x24, 0, 4)
      return scene
    },
    Failure(pci: "R99", .rules(["pci.kick.value-index-data"])) {
      var scene = begun(flush | 1 << 38)
      scene.queue(0)
      scene.status(0xf)
      scene.kick(0, value: 0x0001_0003, width: 4)
      return scene
    },
    Failure(pci: "R110", .line("R config[0x28:4] 0x00000000")) {
      var scene = PCIScene(plan(id: 0x1057))
      scene.begin()
      scene.features(version1, version1)
      scene.confirm()
      scene.registers.read(.mmio, PCIScene.config + 40, 0, 4)
      return scene
    },
    Failure(pci: "R111", .line("R config[0x14:4] 0x00000001")) {
      var scene = begun(flush | 1 << 6)
      // What belongs to blk_size at 20 is what stands at 24 in the structure.
      scene.registers.read(.mmio, PCIScene.config + 20, 1, 4)
      return scene
    },
    Failure("R26", .rules(["rfc.config.features-before-validate-reads"])) {
      var scene = RegisterScene()
      // A life before shows that the device is transitional.
      scene.subchannel(isEnabled: true)
      scene.command(0xe4, [0xff, 0x38, 0x32, 1, 0, 0, 0])
      scene.command(0x83, [0, 0, 0, 0])
      scene.command(0x33, [])
      scene.command(0x31, [1])
      scene.subchannel(isEnabled: false)
      scene.subchannel(isEnabled: true)
      scene.command(0xe4, [0xff, 0x38, 0x32, 1, 0, 0, 0])
      scene.command(0x83, [0, 1, 0, 0])
      scene.command(0x33, [])
      scene.command(0x31, [1])
      scene.command(0x31, [3])
      scene.command(0x12, [0x08, 0, 0, 0, 0])
      scene.command(0x12, [1, 0, 0, 0, 1])
      // An MTU of 1500 in the byte order of the guest, which the driver takes for the other one.
      scene.command(0x22, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x05, 0xdc])
      scene.command(0x11, [0x08, 0, 0, 0, 0])
      scene.command(0x11, [1, 0, 0, 0, 1])
      scene.command(0x31, [0xb])
      return scene
    },
    // The driver looks for a type alone, and finds 1 in the upper half of a PCI Express capability's
    // first word, whose further words it takes for register, offset and length.
    Failure(pci: "R36", .line("W outside[4:0x5824:1] 0x00 like=0xc0")) {
      var plan = PCIScene.Plan()
      plan.barSize = 0x8000
      plan.express = [0x0142, 0x8f04, 0x5810, 0x0c11]
      var scene = PCIScene(plan)
      scene.common = 0x5810
      scene.status(0)
      scene.readStatus(0xff)
      return scene
    },
    Failure(pci: "R37", .rules(["pci.cap.drv-use-first"])) {
      var plan = PCIScene.Plan()
      plan.hasSecondCommon = true
      plan.barSize = 0x8000
      var scene = PCIScene(plan)
      scene.common = 0x4000
      scene.run()
      return scene
    },
    Failure(pci: "R119", .line("kick queue[0] 0x0000")) {
      var scene = PCIScene()
      scene.run()
      scene.kick(0)
      scene.registers.wait(milliseconds: 200)
      scene.kick(0)
      return scene
    },
  ]

  /// Failures about which virtqueue is which.
  static let queueFailures: [Failure] = [
    Failure(pci: "R19", .rules(["core.init.no-kick-before-driver-ok"])) {
      var scene = net(1 << 5 | 1 << 17)
      for queue in [0, 1, 2] as [UInt64] { scene.queue(queue) }
      scene.kick(2)
      scene.status(0xf)
      return scene
    },
    // The device takes virtqueue 2 for a receiveq, by MQ which it offered and the driver refused.
    Failure(pci: "R29", .queue(2, .named("controlq"))) {
      var scene = PCIScene(plan(id: 0x1041))
      scene.begin()
      scene.features(version1 | 1 << 17 | 1 << 22 | 1 << 5, version1 | 1 << 17 | 1 << 5)
      scene.confirm()
      for queue in [0, 1, 2] as [UInt64] { scene.queue(queue) }
      scene.status(0xf)
      scene.kick(2)
      return scene
    },
    // The driver uses one of four pairs, and looks for the control virtqueue behind that one.
    Failure(pci: "R106", .queue(2, .named("receiveq2"))) {
      var scene = net(1 << 17 | 1 << 22 | 1 << 5)
      scene.registers.read(.mmio, PCIScene.config + 8, 4, 2)
      for queue in [0, 1, 2] as [UInt64] { scene.queue(queue) }
      scene.status(0xf)
      scene.kick(2)
      return scene
    },
    // Free page hints without statistics: the text says 3, devices without gaps say 2.
    Failure(pci: "R108", .queue(2, .unknown)) {
      var scene = PCIScene(plan(id: 0x1045))
      scene.begin()
      scene.features(version1 | 1 << 3, version1 | 1 << 3)
      scene.confirm()
      for queue in [0, 1, 2] as [UInt64] { scene.queue(queue) }
      scene.status(0xf)
      scene.kick(2)
      return scene
    },
    // Four request queues are told, the control and the event queue counted among them.
    Failure(pci: "R109", .queue(4, .named("request queue 2"))) {
      var scene = PCIScene(plan(id: 0x1048))
      scene.begin()
      scene.features(version1, version1)
      scene.confirm()
      scene.registers.read(.mmio, PCIScene.config, 4, 4)
      for queue in [0, 1, 2, 3] as [UInt64] { scene.queue(queue) }
      scene.write(0x16, 4, 2)
      scene.read(0x18, 0, 2)
      scene.status(0xf)
      return scene
    },
  ]

  private static func plan(id: UInt64) -> PCIScene.Plan {
    var plan = PCIScene.Plan()
    plan.id = id
    return plan
  }

  /// A block device whose features are negotiated.
  private static func begun(_ features: UInt64) -> PCIScene {
    var scene = PCIScene()
    scene.begin()
    scene.features(version1 | features, version1 | features)
    scene.confirm()
    return scene
  }

  /// A network device whose features are negotiated.
  private static func net(_ features: UInt64) -> PCIScene {
    var scene = PCIScene(plan(id: 0x1041))
    scene.begin()
    scene.features(version1 | features, version1 | features)
    scene.confirm()
    return scene
  }

  private static func legacyStart(_ scene: inout PCIScene) {
    scene.writePort(0x12, 0, 1)
    scene.readPort(0x12, 0, 1)
    scene.writePort(0x12, 1, 1)
    scene.writePort(0x12, 3, 1)
    scene.readPort(0, flush, 4)
    scene.writePort(4, flush, 4)
  }
}
