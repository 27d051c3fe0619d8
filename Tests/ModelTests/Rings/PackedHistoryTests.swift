import Model
import Recordings
import Rules
import Testing
import TraceKit

/// Packed rings, from the bytes that both sides write to the steps that rules see.
@Suite struct PackedHistoryTests {
  /// The steps about rings of a recording made by hand, as text.
  static func steps(
    size: UInt16 = 4, features: [UInt64] = [], isRunning: Bool = true,
    _ build: (inout RingScene) -> Void
  ) -> [String] {
    var plan = RingScene.Plan()
    plan.size = size
    plan.features = features + [34]
    plan.isRunning = isRunning
    var scene = RingScene(plan)
    build(&scene)
    let lines = Lines()
    var analysis = Analysis()
    analysis.onTransaction = { step, device in
      guard step.isRingStep else { return }
      let chain = step.kind == .bufferAvailable ? device.current.told.text : ""
      lines.all.append(step.text + chain)
    }
    scene.feed(&analysis)
    analysis.finish()
    return lines.all
  }

  private final class Lines {
    var all: [String] = []
  }

  /// A list of `count` descriptors from `slot` on in one look: readable ones, then one to write.
  private static func list(
    _ scene: inout RingScene, _ slot: UInt64, count: UInt64, id: UInt16, size: UInt64 = 4,
    wrap: Bool = true
  ) {
    scene.at { scene in
      for place in 0..<count {
        let isLast = place + 1 == count
        let flags: UInt16 = isLast ? 2 : 1
        scene.makeAvailable(
          (slot + place) % size, 0x20_0000 + 0x1000 * place, 16, id: isLast ? id : 0xffff,
          flags: flags, wrap: slot + place < size ? wrap : !wrap)
      }
    }
  }

  @Test func aListIsOneStepAndOneUsedDescriptorSkipsIt() {
    let steps = Self.steps { scene in
      Self.list(&scene, 0, count: 3, id: 9)
      Self.list(&scene, 3, count: 1, id: 5)
      scene.makeUsed(0, id: 9, length: 16)
      scene.makeUsed(3, id: 5, length: 7)
    }
    #expect(
      steps == [
        "avail queue[0] id=9 head=0 r16@0x200000 r16@0x201000 w16@0x202000",
        "avail queue[0] id=5 head=3 w16@0x200000",
        "used queue[0] id=9 len=16", "used queue[0] id=5 len=7",
      ])
  }

  @Test func theWrapCountersFlipAtTheEndOfTheRing() {
    let steps = Self.steps { scene in
      for round in 0..<11 as Range<UInt64> {
        let wrap = round / 4 % 2 == 0
        scene.makeAvailable(round % 4, 0x20_0000, 16, id: UInt16(round), flags: 2, wrap: wrap)
        scene.makeUsed(round % 4, id: UInt16(round), length: 1, wrap: wrap)
      }
    }
    #expect(steps.count == 22)
    #expect(
      steps.filter { $0.hasPrefix("used queue[0]") }
        == (0..<11).map { "used queue[0] id=\($0) len=1" })
  }

  @Test func aListRunsOverTheEndOfTheRing() {
    let steps = Self.steps { scene in
      Self.list(&scene, 0, count: 3, id: 0)
      scene.makeUsed(0, id: 0, length: 0)
      Self.list(&scene, 3, count: 3, id: 1)
      scene.makeUsed(3, id: 1, length: 0)
      // The driver stands at slot 2 of its second round.
      Self.list(&scene, 2, count: 1, id: 2, wrap: false)
      scene.makeUsed(2, id: 2, length: 0, wrap: false)
    }
    #expect(
      steps == [
        "avail queue[0] id=0 r16@0x200000 r16@0x201000 w16@0x202000", "used queue[0] id=0 len=0",
        "avail queue[0] id=1 head=3 r16@0x200000 r16@0x201000[0] w16@0x202000",
        "used queue[0] id=1 len=0", "avail queue[0] id=2 w16@0x200000", "used queue[0] id=2 len=0",
      ])
  }

  @Test func usedOutOfOrder() {
    let steps = Self.steps { scene in
      Self.list(&scene, 0, count: 1, id: 0)
      Self.list(&scene, 1, count: 2, id: 1)
      Self.list(&scene, 3, count: 1, id: 2)
      // The list of two goes first: its mark stands in slot 0, and the next one in slot 2.
      scene.makeUsed(0, id: 1, length: 0)
      scene.makeUsed(2, id: 2, length: 0)
      scene.makeUsed(3, id: 0, length: 0)
      Self.list(&scene, 0, count: 1, id: 3, wrap: false)
    }
    #expect(
      steps.suffix(4) == [
        "used queue[0] id=1 len=0", "used queue[0] id=2 len=0", "used queue[0] id=0 len=0",
        "avail queue[0] id=3 head=0 w16@0x200000",
      ])
  }

  @Test func oneUsedDescriptorStandsForABatchInOrder() {
    let steps = Self.steps(features: [35]) { scene in
      Self.list(&scene, 0, count: 1, id: 0)
      Self.list(&scene, 1, count: 2, id: 1)
      scene.makeUsed(0, id: 1, length: 5)
      Self.list(&scene, 3, count: 1, id: 2)
      scene.makeUsed(3, id: 2, length: 6)
      Self.list(&scene, 0, count: 4, id: 3, wrap: false)
    }
    #expect(
      steps.suffix(4) == [
        "used queue[0] id=1 len=5", "avail queue[0] id=2 head=3 w16@0x200000",
        "used queue[0] id=2 len=6",
        "avail queue[0] id=3 head=0 r16@0x200000 r16@0x201000 r16@0x202000 w16@0x203000",
      ])
  }

  @Test func anIndirectTableTakesOneSlot() {
    let steps = Self.steps(features: [28]) { scene in
      scene.driverWrites(
        0x30_0000,
        RingScene.slot(0x20_0000, 16, id: 0, flags: 0)
          + RingScene.slot(0x20_1000, 512, id: 0, flags: 2))
      scene.makeAvailable(0, 0x30_0000, 32, id: 4, flags: 4)
      scene.makeUsed(0, id: 4, length: 512)
      scene.makeAvailable(1, 0x30_0000, 24, id: 5, flags: 4)
    }
    #expect(
      steps == [
        "avail queue[0] id=4 head=0 table=0x300000 r16@0x200000 w512@0x201000",
        "used queue[0] id=4 len=512", "avail queue[0] id=5 head=1 fault=indirectLength@1:24",
      ])
  }

  @Test func aListIsNoneBeforeItsRestIsAvailable() {
    let steps = Self.steps { scene in
      scene.makeAvailable(0, 0x20_0000, 16, id: 0, flags: 1)
      scene.driverWrites(scene.descriptors() + 16, [UInt8](repeating: 0, count: 16))
      scene.makeAvailable(1, 0x20_1000, 16, id: 6, flags: 2)
    }
    #expect(
      steps == ["list.partial queue[0] 0", "avail queue[0] id=6 head=0 r16@0x200000 w16@0x201000"])
  }

  @Test func writesToSlotsInUse() {
    let steps = Self.steps { scene in
      for slot in 0..<4 as Range<UInt64> {
        Self.list(&scene, slot, count: 1, id: UInt16(slot))
      }
      // The length of one, then a list of the next round over another.
      scene.driverWrites(scene.descriptors() + 16 + 8, RingScene.little(UInt32(99)))
      scene.makeAvailable(2, 0x20_0000, 16, id: 7, flags: 2, wrap: false)
      // What a look at the whole ring finds of the device's work is not the driver's.
      scene.driverWrites(
        scene.descriptors(),
        RingScene.slot(0, 3, id: 0, flags: RingScene.used(2, wrap: true)))
    }
    #expect(
      steps.suffix(3) == [
        "desc.changed queue[0] 1 id=1", "desc.rewritten queue[0] 2 id=2",
        "used queue[0] id=0 len=3 snapshot",
      ])
  }

  @Test func marksOfAnotherRound() {
    let steps = Self.steps(size: 2) { scene in
      for slot in 0..<2 as Range<UInt64> {
        Self.list(&scene, slot, count: 1, id: 0, size: 2)
        scene.makeUsed(slot, id: 0, length: 0)
      }
      scene.makeAvailable(0, 0x20_0000, 16, id: 0, flags: 2, wrap: true)
      scene.makeAvailable(0, 0x20_0000, 16, id: 0, flags: 2, wrap: false)
      scene.makeUsed(0, id: 0, length: 9, wrap: true)
    }
    #expect(
      steps.suffix(3) == [
        "desc.bits queue[0] 0 id=0x0082", "avail queue[0] id=0 w16@0x200000",
        "desc.bits queue[0] 0 id=0x8082 device",
      ])
  }

  @Test func theDeviceWritesInPartsAndElsewhere() {
    let steps = Self.steps { scene in
      for slot in 0..<3 as Range<UInt64> {
        Self.list(&scene, slot, count: 1, id: UInt16(slot))
      }
      // Length and id before the flags are no step; after them they are.
      scene.deviceWrites(scene.descriptors() + 8, RingScene.little(UInt32(16)) + [2, 0])
      scene.deviceWrites(
        scene.descriptors() + 14, RingScene.little(RingScene.used(2, wrap: true)))
      scene.deviceWrites(scene.descriptors() + 8, RingScene.little(UInt32(15)) + [1, 0])
      scene.makeUsed(2, id: 0, length: 0)
      scene.makeUsed(1, id: 1, length: 0)
    }
    #expect(
      steps.dropFirst(3) == [
        "used queue[0] id=2 len=16", "desc.changed queue[0] 0 id=1 device",
        "used.elsewhere queue[0] 2 id=0", "used queue[0] id=1 len=0", "used queue[0] id=0 len=0",
      ])
  }

  @Test func whatWasUsedUnseenLosesTheHistory() {
    let steps = Self.steps { scene in
      scene.makeUsed(0, id: 0, length: 0)
      Self.list(&scene, 0, count: 1, id: 3)
      scene.makeUsed(0, id: 3, length: 0)
      scene.makeUsed(1, id: 0, length: 0)
      scene.makeUsed(2, id: 0, length: 0)
      scene.makeAvailable(3, 0x20_0000, 16, id: 0)
    }
    #expect(
      steps == [
        "used.early queue[0] 0 id=0", "avail queue[0] id=3 head=0 w16@0x200000",
        "used queue[0] id=3 len=0", "used.early queue[0] 1 id=0", "ring.lost queue[0]",
      ])
  }

  @Test func aStaleRingIsSeenBeforeAnythingIsAvailable() {
    let steps = Self.steps(isRunning: false) { scene in
      let used = RingScene.slot(0, 0, id: 0, flags: RingScene.used(0, wrap: true))
      scene.snapshot(scene.descriptors(), [UInt8](repeating: 0, count: 32) + used)
      scene.writeStatus(0x0f)
      scene.snapshot(scene.descriptors(), [UInt8](repeating: 0, count: 32) + used)
      Self.list(&scene, 0, count: 1, id: 0)
      scene.snapshot(scene.descriptors() + 32, used)
    }
    #expect(
      steps == [
        "ring.nonzero queue[0] 2 snapshot", "ring.nonzero queue[0] 2 snapshot",
        "avail queue[0] id=0 w16@0x200000",
      ])
  }

  @Test func eventsOfAnotherSidesLookWereWrittenBefore() {
    let steps = Self.steps(features: [29]) { scene in
      scene.setDriverEvent(flags: 2, offset: 3)
      scene.driverWrites(scene.deviceArea(), RingScene.little(UInt32(0x1_0000)))
      scene.setDeviceEvent(flags: 0)
    }
    #expect(
      steps == [
        "driver_event queue[0] 0x00028003", "device_event queue[0] 0x00010000 snapshot",
        "device_event queue[0] 0x00008000",
      ])
  }

  /// Sound traffic of every shape is sound: no finding and nothing lost, for 40 rounds of the ring.
  @Test(arguments: [1, 2, 3, 5, 7] as [UInt64], [false, true])
  func soundTrafficIsFollowed(_ length: UInt64, _ isInOrder: Bool) {
    let (size, lists) = (UInt64(8), 2 as UInt64)
    let steps = Self.steps(size: 8, features: isInOrder ? [35] : []) { scene in
      var (available, used) = (UInt64(0), UInt64(0))
      for round in 0..<40 as Range<UInt64> {
        let count = length * lists <= size ? lists : 1
        for id in 0..<count {
          Self.list(
            &scene, available % size, count: length, id: UInt16(id + 2 * (round % 2)), size: size,
            wrap: available / size % 2 == 0)
          available += length
        }
        scene.kick()
        let ids = isInOrder ? [count - 1] : Array((0..<count).reversed())
        for id in ids {
          scene.makeUsed(
            used % size, id: UInt16(id + 2 * (round % 2)), length: 1,
            wrap: used / size % 2 == 0)
          used += isInOrder ? length * count : length
        }
        scene.interrupt()
      }
    }
    let kinds = Set(steps.map { $0.prefix { $0 != " " } })
    #expect(kinds == ["avail", "used"])
    #expect(steps.filter { $0.hasPrefix("avail") }.count == (length * lists <= size ? 80 : 40))
  }
}
