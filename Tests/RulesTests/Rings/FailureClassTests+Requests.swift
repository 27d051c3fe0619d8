import TraceKit

/// Failures that the bytes of requests and packets show.
extension FailureClassTests {
  /// A packet of a socket device between the guest's 3:1024 and the host's 2:80.
  private static func packet(
    _ operation: UInt16, length: UInt32 = 0, space: UInt32, taken: UInt32, isSent: Bool
  ) -> [UInt8] {
    let ends: [(UInt64, UInt32)] = [(3, 1024), (2, 80)]
    let (source, destination) = isSent ? (ends[0], ends[1]) : (ends[1], ends[0])
    var bytes = RingScene.little(source.0) + RingScene.little(destination.0)
    bytes += RingScene.little(source.1) + RingScene.little(destination.1)
    bytes += RingScene.little(length) + RingScene.little(1 as UInt16)
    bytes += RingScene.little(operation) + RingScene.little(0 as UInt32)
    return bytes + RingScene.little(space) + RingScene.little(taken)
  }

  /// The driver sends a packet, and the device takes it.
  private static func send(_ scene: inout RingScene, _ bytes: [UInt8], payload: UInt32 = 0) {
    scene.driverWrites(0x40_0000, bytes)
    scene.describe(0, 0x40_0000, UInt32(bytes.count) + payload, queue: 1)
    scene.offer([0], queue: 1)
    scene.kick(1)
    scene.use([(0, 0)], queue: 1)
    scene.interrupt(1)
  }

  /// The device sends a packet into the buffer of `head`.
  private static func deliver(
    _ scene: inout RingScene, _ head: UInt16, _ bytes: [UInt8], payload: UInt32 = 0
  ) {
    let place = 0x50_0000 + UInt64(head) * 0x1000
    scene.describe(UInt64(head), place, 4096, flags: 2)
    scene.offer([head])
    scene.kick()
    scene.deviceWrites(place, bytes)
    scene.use([(UInt32(head), UInt32(bytes.count) + payload)])
    scene.interrupt()
  }

  /// A connection whose host has room for 1000 bytes.
  private static func connect(_ scene: inout RingScene) {
    send(&scene, packet(1, space: 65536, taken: 0, isSent: true))
    deliver(&scene, 0, packet(2, space: 1000, taken: 0, isSent: false))
  }

  /// A request to a block device whose header is recorded.
  private static func block(
    _ scene: inout RingScene, type: UInt32, length: UInt32, isRead: Bool
  ) {
    let header =
      RingScene.little(type) + RingScene.little(0 as UInt32) + RingScene.little(16 as UInt64)
    scene.driverWrites(0x20_0000, header)
    scene.describe(0, 0x20_0000, 16, flags: 1, next: 1)
    scene.describe(1, 0x20_1000, length, flags: isRead ? 3 : 1, next: 2)
    scene.describe(2, 0x20_0800, 1, flags: 2)
    scene.offer([0])
    scene.kick()
    scene.deviceWrites(0x20_0800, [1])
    scene.use([(0, 1)])
    scene.interrupt()
  }

  private static func socket(
    _ id: String, _ rule: String, _ build: @escaping @Sendable (inout RingScene) -> Void
  ) -> Failure {
    var failure = Failure(id, .rule(rule), build)
    failure.plan.type = 19
    failure.plan.queues = 3
    return failure
  }

  static let requestFailures: [Failure] = [
    // A data length that is no multiple of the sector, in both directions.
    Failure("R63", .rule("blk.req.len-multiple-512")) { scene in
      block(&scene, type: 0, length: 1500, isRead: true)
    },
    Failure("R63", .rule("blk.req.len-multiple-512")) { scene in
      block(&scene, type: 1, length: 100, isRead: false)
    },
    // Credit that is not looked at, by either side, or wrongly counted.
    socket("R112", "vsock.credit.no-overrun") { scene in
      connect(&scene)
      for _ in 0..<2 {
        send(
          &scene, packet(5, length: 600, space: 65536, taken: 0, isSent: true), payload: 600)
      }
    },
    socket("R112", "vsock.credit.dev-no-overrun") { scene in
      send(&scene, packet(1, space: 1000, taken: 0, isSent: true))
      deliver(&scene, 0, packet(2, space: 65536, taken: 0, isSent: false))
      for head in 1...2 as ClosedRange<UInt16> {
        deliver(
          &scene, head, packet(5, length: 600, space: 65536, taken: 0, isSent: false), payload: 600)
      }
    },
    socket("R112", "vsock.credit.dev-fields-valid") { scene in
      connect(&scene)
      send(&scene, packet(5, length: 600, space: 65536, taken: 0, isSent: true), payload: 600)
      deliver(&scene, 1, packet(6, space: 1000, taken: 1200, isSent: false))
    },
    socket("R112", "vsock.credit.fields-valid") { scene in
      connect(&scene)
      deliver(
        &scene, 1, packet(5, length: 600, space: 1000, taken: 0, isSent: false), payload: 600)
      send(&scene, packet(6, space: 65536, taken: 600, isSent: true))
      send(&scene, packet(6, space: 65536, taken: 0, isSent: true))
    },
  ]
}
