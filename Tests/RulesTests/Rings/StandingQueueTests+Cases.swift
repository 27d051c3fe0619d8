import Model
import TraceKit

extension StandingQueueTests {
  static let failures: [Case] = [
    // Queue 1 has an interrupt of its own that nobody serves, until its descriptors are spent.
    Case(
      testDescription: "R49", queue: 1,
      words: [
        "used 2 chains", "none of them", "2 of 8 descriptors are left", "the last interrupt for it",
        "took chains of queue 0 (requestq1) back",
      ], queues: 2
    ) { scene in
      for queue in 0...1 { scene.setAvailableFlags(0, queue: queue) }
      spend(&scene, queue: 1)
      for _ in 0..<5 { roundTrip(&scene) }
    },
    Case(
      testDescription: "R49 with EVENT_IDX", queue: 1,
      words: [
        "the used index went to 2, used_event has stood at 0", "took chains of queue 0",
      ], queues: 2, features: [29]
    ) { scene in
      for queue in 0...1 { scene.setUsedEvent(0, queue: queue) }
      spend(&scene, queue: 1)
      takeFive(&scene)
    },
    // Both chains come back after the driver looked for used ones and before it acknowledges.
    Case(
      testDescription: "R55",
      words: [
        "the used index went to 5", "made nothing available since",
        "InterruptStatus read at record", "InterruptACK at record", "acknowledged both",
      ], isMMIO: true
    ) { scene in
      scene.setAvailableFlags(0)
      handleFirst(&scene)
    },
    Case(
      testDescription: "R55 with EVENT_IDX",
      words: [
        "the used index went to 5, used_event has stood at 3", "InterruptACK at record",
        "acknowledged both",
      ], features: [29], isMMIO: true
    ) { scene in
      scene.setUsedEvent(0)
      handleFirst(&scene)
    },
    // The driver reads used.idx once and keeps it in a register.
    Case(
      testDescription: "R69",
      words: ["the used index went to 6, used_event has stood at 5 since record"], features: [29]
    ) { scene in
      scene.setUsedEvent(0)
      takeFive(&scene)
      roundTrip(&scene)
    },
    // A buffer whose last byte is the last one of the guest's memory, which the device refuses.
    Case(
      testDescription: "R88", kind: .stalled, words: ["1 buffer, 16 bytes to read", "requestq1"]
    ) { scene in
      scene.describe(0, 0xbfff_fff0, 16)
      scene.offer([0])
      scene.kick()
    },
    // One of four pairs is in use, and the driver takes the queue behind it for the controlq.
    Case(
      testDescription: "R106", queue: 2, kind: .stalled,
      words: [
        "3 buffers, 4 bytes to read and 1 to write", "the queue is receiveq2",
        "into which a device only writes", "the controlq is queue 8, behind 4 pairs",
      ], type: 1, queues: 3, features: [5, 16, 17, 22], rules: ["net.rx.buf-size-plain"]
    ) { scene in
      readPairs(&scene, 4)
      command(&scene, [4, 0], [1, 0], queue: 2)
      scene.kick(2)
    },
    // Two pairs are set and acknowledged, and the device serves the first alone.
    Case(
      testDescription: "R107", queue: 3, kind: .stalled,
      words: ["the queue is transmitq2", "meanwhile it used chains of queue 1 (transmitq1)"],
      type: 1, queues: 5, features: [5, 16, 17, 22]
    ) { scene in
      readPairs(&scene, 2)
      command(&scene, [4, 0], [2, 0], queue: 4)
      scene.kick(4)
      scene.deviceWrites(0x20_2000, [0])
      scene.use([(0, 1)], queue: 4)
      scene.interrupt(4)
      scene.describe(0, 0x22_0000, 1526, flags: 2, queue: 2)
      scene.offer([0], queue: 2)
      scene.kick(2)
      for queue in [3, 1] {
        scene.describe(0, 0x23_0000 + 0x1000 * UInt64(queue), 72, queue: queue)
        scene.offer([0], queue: queue)
        scene.kick(UInt32(queue))
      }
      scene.use([(0, 0)], queue: 1)
      scene.interrupt(1)
    },
  ]

  static let works: [Case] = [
    Case(testDescription: "done, without EVENT_IDX") { scene in
      scene.setAvailableFlags(0)
      for _ in 0..<3 { roundTrip(&scene) }
    },
    Case(testDescription: "done, descriptors used in turn", queues: 2) { scene in
      for queue in 0...1 { scene.setAvailableFlags(0, queue: queue) }
      for head in [0, 3, 0, 3] as [UInt16] { roundTrip(&scene, head, queue: 1) }
      for _ in 0..<5 { roundTrip(&scene) }
    },
    Case(testDescription: "room is left", queues: 2) { scene in
      for queue in 0...1 { scene.setAvailableFlags(0, queue: queue) }
      roundTrip(&scene, queue: 1)
      for _ in 0..<5 { roundTrip(&scene) }
    },
    Case(testDescription: "a driver that polls", queues: 2) { scene in
      scene.setAvailableFlags(0)
      scene.setAvailableFlags(1, queue: 1)
      for head in [0, 3] as [UInt16] { roundTrip(&scene, head, queue: 1, interrupts: false) }
      for _ in 0..<5 { roundTrip(&scene) }
    },
    Case(testDescription: "a driver that polls, with EVENT_IDX", queues: 2, features: [29]) {
      scene in
      for queue in 0...1 { scene.setUsedEvent(0, queue: queue) }
      roundTrip(&scene, queue: 1)
      roundTrip(&scene, queue: 1, interrupts: false)
      takeFive(&scene)
    },
    Case(testDescription: "callbacks late, with EVENT_IDX", features: [29]) { scene in
      scene.setUsedEvent(0)
      roundTrip(&scene)
      scene.setUsedEvent(2)
      scene.wait(seconds: 1)
      roundTrip(&scene, interrupts: false)
      roundTrip(&scene)
      // No interrupt is wanted from here on: what is used is taken with the next request.
      for _ in 0..<3 { roundTrip(&scene, interrupts: false) }
    },
    Case(testDescription: "what the driver writes is seen at kicks", features: [29]) { scene in
      for round in 0..<4 as Range<UInt16> {
        scene.at { scene in
          scene.request(0)
          scene.setUsedEvent(round)
          scene.offer([0])
          scene.kick()
        }
        scene.use([(0, 513)])
        scene.interrupt()
      }
    },
    // The recorder looks at kicks and interrupts; what the driver writes behind the last is not seen.
    Case(testDescription: "found in looks", features: [29]) { scene in
      scene.setUsedEvent(0)
      takeFive(&scene)
      scene.snapshot(scene.driverArea() &+ 4 &+ 2 * 8, RingScene.little(UInt16(5)))
      scene.request(0)
      scene.snapshot(scene.driverArea(), [0, 0, 6, 0])
      scene.kick()
      scene.use([(0, 513)])
      scene.interrupt()
    },
    Case(testDescription: "used_event is written for each request", features: [29]) { scene in
      for round in 0..<4 as Range<UInt16> {
        scene.setUsedEvent(round)
        roundTrip(&scene)
        scene.wait(seconds: 1)
      }
    },
    // Whoever acknowledges first looks for used chains afterwards, and finds all.
    Case(testDescription: "acknowledged first", isMMIO: true) { scene in
      scene.setAvailableFlags(0)
      handleLast(&scene)
    },
    Case(testDescription: "acknowledged first, with EVENT_IDX", features: [29], isMMIO: true) {
      scene in
      scene.setUsedEvent(0)
      handleLast(&scene)
      scene.setUsedEvent(3)
    },
    Case(testDescription: "interrupted again after the acknowledgement", isMMIO: true) { scene in
      scene.setAvailableFlags(0)
      handleFirst(&scene)
      scene.interrupt()
    },
  ]

  /// A request and its answer.
  private static func roundTrip(
    _ scene: inout RingScene, _ head: UInt16 = 0, queue: Int = 0, interrupts: Bool = true
  ) {
    scene.request(head, queue: queue)
    scene.offer([head], queue: queue)
    scene.kick(UInt32(queue))
    scene.use([(UInt32(head), 513)], queue: queue)
    if interrupts { scene.interrupt(UInt64(queue)) }
  }

  /// Five requests of queue 0, each taken by itself, as `used_event` shows.
  private static func takeFive(_ scene: inout RingScene) {
    for round in 1...5 as ClosedRange<UInt16> {
      roundTrip(&scene)
      scene.setUsedEvent(round)
      scene.wait(seconds: 1)
    }
  }

  /// Two requests, after which no descriptors are left for a third.
  private static func spend(_ scene: inout RingScene, queue: Int) {
    for head in [0, 3] as [UInt16] { scene.request(head, queue: queue) }
    scene.offer([0, 3], queue: queue)
    scene.kick(UInt32(queue))
    scene.use([(0, 513), (3, 513)], queue: queue)
    scene.interrupt(UInt64(queue))
  }

  /// A driver that handles two chains and then acknowledges, while both come back again.
  private static func handleFirst(_ scene: inout RingScene) {
    let hasEvents = scene.plan.features.contains(29)
    roundTrip(&scene)
    if hasEvents { scene.setUsedEvent(1) }
    scene.wait(seconds: 1)
    for head in [0, 3] as [UInt16] { scene.request(head) }
    scene.offer([0, 3])
    scene.kick()
    scene.use([(0, 513), (3, 513)])
    scene.readInterruptStatus()
    if hasEvents { scene.setUsedEvent(3) }
    scene.offer([0, 3])
    scene.kick()
    scene.use([(0, 513), (3, 513)])
    scene.acknowledge()
  }

  /// A driver that acknowledges, and then handles what there is.
  private static func handleLast(_ scene: inout RingScene) {
    let hasEvents = scene.plan.features.contains(29)
    for head in [0, 3] as [UInt16] { scene.request(head) }
    scene.offer([0, 3])
    scene.kick()
    scene.use([(0, 513)])
    scene.readInterruptStatus()
    scene.acknowledge()
    if hasEvents { scene.setUsedEvent(1) }
    scene.offer([0])
    scene.kick()
    scene.use([(3, 513)])
    scene.readInterruptStatus()
    scene.use([(0, 513)])
    scene.acknowledge()
  }

  /// MAC address, status and the number of pairs that the device has.
  private static func readPairs(_ scene: inout RingScene, _ pairs: UInt16) {
    scene.readConfig([0x52, 0x54, 0, 0x12, 0x34, 0x56, 1, 0] + RingScene.little(pairs))
  }

  /// A command of class and number, with its data and room for the answer.
  private static func command(
    _ scene: inout RingScene, _ header: [UInt8], _ data: [UInt8], queue: Int
  ) {
    scene.driverWrites(0x20_0000, header)
    scene.driverWrites(0x20_1000, data)
    scene.describe(0, 0x20_0000, 2, flags: 1, next: 1, queue: queue)
    scene.describe(1, 0x20_1000, 2, flags: 1, next: 2, queue: queue)
    scene.describe(2, 0x20_2000, 1, flags: 2, queue: queue)
    scene.offer([0], queue: queue)
  }
}
