import Model
import TraceKit
import VirtioSpec

/// Failures that show on virtio-mmio.
extension RegisterFailureTests {
  private static let version1: UInt64 = 1 << 32
  private static let flush: UInt64 = 1 << 9

  static let mmioFailures: [Failure] = [
    Failure(mmio: "R3", .rules(["feature.version1.drv-accept"])) {
      var scene = MMIOScene(type: 26)
      scene.begin()
      scene.features(version1, 0)
      scene.status(7)
      scene.queue(0)
      return scene
    },
    Failure(mmio: "R5", .rules(["core.init.stop-if-features-refused"])) {
      var scene = MMIOScene()
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      scene.status(0xb)
      scene.readStatus(3)
      scene.queue(0)
      scene.status(0xf)
      return scene
    },
    Failure(
      mmio: "R7", .rules(["core.init.reread-features-ok", "core.init.no-kick-before-driver-ok"])
    ) {
      var scene = MMIOScene()
      scene.status(0)
      scene.readStatus(0)
      scene.status(3)
      scene.features(version1 | flush, version1 | flush)
      scene.status(0xb)
      scene.queue(0)
      scene.kick(0)
      scene.status(0xf)
      return scene
    },
    Failure(mmio: "R10", .line("legacy W status 0x0b")) {
      var scene = legacy()
      scene.status(0xb)
      scene.readStatus(3)
      return scene
    },
    Failure(mmio: "R11", .rules(["legacy.mmio.page-size-before-queues"])) {
      var scene = legacy()
      legacyQueue(&scene, pageSize: nil, pfn: 0x4010_0000)
      return scene
    },
    Failure(mmio: "R12", .rules(["legacy.mmio.order-size-align-pfn"])) {
      var scene = legacy()
      legacyQueue(&scene, alignment: nil)
      return scene
    },
    Failure(mmio: "R13", .rules(["mmio.access.known-offsets"])) {
      var scene = MMIOScene(version: 1)
      scene.run()
      return scene
    },
    Failure(mmio: "R15", .rules(["mmio.queue.size-max"])) {
      var scene = MMIOScene()
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      scene.confirm()
      scene.queue(0, size: 2048, max: 1024)
      scene.status(0xf)
      return scene
    },
    Failure(mmio: "R18", .line("W queue[0].size 65536")) {
      var scene = MMIOScene()
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      scene.confirm()
      scene.queue(0, size: 0x10000, max: 1024)
      scene.status(0xf)
      return scene
    },
    Failure(mmio: "R20", .rules(["core.status.no-clear-bits"])) {
      var scene = MMIOScene()
      scene.begin()
      scene.features(version1 | flush, version1 | flush)
      scene.confirm()
      scene.queue(0)
      scene.status(4)
      return scene
    },
    Failure(mmio: "R21", .rules(["mmio.queue.no-config-when-ready"])) {
      var scene = MMIOScene()
      scene.run()
      scene.write(0x30, 0)
      scene.write(0x38, 16)
      scene.write(0x80, 0x20_0000)
      return scene
    },
    Failure(mmio: "R42", .rules(["config.generation-loop"])) {
      var scene = MMIOScene()
      scene.run()
      scene.read(0x100, 0x4000)
      scene.read(0x104, 0)
      scene.kick(0)
      scene.status(0)
      scene.readStatus(0)
      return scene
    },
    Failure(mmio: "R45", .rules(["legacy.mmio.queue-not-in-use"])) {
      var scene = legacy()
      legacyQueue(&scene, standing: 0x4_0100)
      return scene
    },
  ]

  /// A legacy device that is reset, and its driver got so far as to set queues up.
  private static func legacy() -> MMIOScene {
    var scene = MMIOScene(version: 1)
    scene.begin()
    scene.write(0x14, 0)
    scene.read(0x10, flush)
    scene.write(0x24, 0)
    scene.write(0x20, flush)
    return scene
  }

  private static func legacyQueue(
    _ scene: inout MMIOScene, pageSize: UInt64? = 4096, alignment: UInt64? = 4096,
    standing: UInt64 = 0, pfn: UInt64 = 0x4_0100
  ) {
    if let pageSize { scene.write(0x28, pageSize) }
    scene.write(0x30, 0)
    scene.read(0x40, standing)
    scene.read(0x34, 1024)
    scene.write(0x38, 8)
    if let alignment { scene.write(0x3c, alignment) }
    scene.write(0x40, pfn)
    scene.status(7)
  }
}
