import Model
import VirtioSpec

/// The device status as a life has seen it.
struct StatusBook: Sendable {
  /// As last written or read; nil while unknown.
  var known: UInt8?
  /// The next read is one that the specification asks for: after a reset, or after FEATURES_OK was
  /// written.
  var isAwaited = false
}

extension TrailRecorder {
  /// Takes a step about the device status.
  ///
  /// A read counts when the specification asks for it or when it shows something new; a reset is
  /// the same whatever the transport calls it.
  mutating func takeStatus(_ step: Transaction, room: inout Int) {
    let isReset =
      step.kind == .reset && step.isAccepted
      || moment.transport != .ccw && step.isStatusReset && step.isAccepted
    if isReset {
      statusBook.known = 0
      // The end of the channel command is the end of the reset.
      statusBook.isAwaited = moment.transport != .ccw
      moment.status = []
      return write(ComparedStep(StepKey(.reset), at: step.reference), room: &room)
    }
    var made = ComparedStep(
      StepKey(step.kind == .readStatus ? .statusRead : .status, value: step.value & 0xff),
      at: step.reference)
    made.key.isKnown = step.hasValue
    made.key.isRejected = !step.isAccepted
    made.isFromHost = step.traits.contains(.fromHostLog)
    if !step.hasValue { made.key.value = 0 }
    step.kind == .readStatus ? readStatus(made, room: &room) : writeStatus(made, room: &room)
  }

  private mutating func writeStatus(_ step: ComparedStep, room: inout Int) {
    write(step, room: &room)
    guard step.key.isKnown, !step.key.isRejected else { return }
    let value = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.key.value))
    let before = DeviceStatus(rawValue: statusBook.known ?? 0)
    if value.contains(.driverOK), !before.contains(.driverOK) {
      tellSwitches(at: step.first, room: &room)
    }
    if value.contains(.featuresOK), !before.contains(.featuresOK) { statusBook.isAwaited = true }
    statusBook.known = value.rawValue
  }

  private mutating func readStatus(_ step: ComparedStep, room: inout Int) {
    flushFeatures(&room)
    guard step.key.isKnown else { return keep(step, room: &room) }
    let value = UInt8(truncatingIfNeeded: step.key.value)
    guard statusBook.isAwaited || statusBook.known != value else { return }
    statusBook.isAwaited = false
    statusBook.known = value
    keep(step, room: &room)
  }
}
