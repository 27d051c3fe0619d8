import Model
import TraceKit

/// A driver of a block device that keeps 32 requests in flight, each of a header, a page and a status:
/// every store to rings, tables and buffers is a record of its own.
struct RingTraffic {
  private var scene: RingScene
  private var next: UInt16 = 0
  private static let depth: UInt16 = 32
  private static let page = [UInt8](repeating: 0x5a, count: 4096)

  init() {
    var plan = RingScene.Plan()
    plan.size = 256
    plan.features = [29]
    scene = RingScene(plan)
    scene.setUsedEvent(0)
    scene.setAvailableEvent(0)
    for place in 0..<Self.depth { submit(place) }
  }

  private mutating func submit(_ place: UInt16) {
    scene.request(place * 3, length: 4096)
    scene.driverWrites(0x20_0000 + UInt64(place * 3) * 0x2000, Array(Self.page[0..<16]))
    scene.offer([place * 3])
    scene.kick()
    scene.setAvailableEvent(scene.availableIndex[0])
  }

  /// Gives the records of 32 requests to `sink`; returns about how many bytes they take.
  mutating func step(into sink: inout some (AccessSink & ~Copyable)) -> Int {
    for place in 0..<Self.depth {
      let head = UInt64(place * 3)
      scene.deviceWrites(0x20_1000 + head * 0x2000, Self.page)
      scene.deviceWrites(0x20_0800 + head * 0x2000, [0])
      scene.use([(UInt32(head), 4097)])
      scene.interrupt()
      scene.setUsedEvent(scene.usedIndex[0])
      submit(place)
    }
    scene.feed(&sink)
    defer { scene.drain() }
    return scene.payload.count + 60 * scene.accesses.count
  }
}
