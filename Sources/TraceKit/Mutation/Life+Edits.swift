import Model
import VirtioSpec

/// The changes that faults are made of.
extension Life {
  /// Takes the access of a step out, with what the device's own log says of it.
  func drop(_ step: Step) -> [Fault.Edit] {
    [.drop(step.access)] + echoes(of: step).map { .drop($0) }
  }

  /// Makes the access of a step a second time, right behind it.
  func `repeat`(_ step: Step) -> [Fault.Edit] {
    [insert(copyOf: step, before: step.access + 1)]
  }

  /// A copy of the access of a step before the access at `place`.
  func insert(
    copyOf step: Step, before place: Int, _ change: (inout Access) -> Void = { _ in }
  ) -> Fault.Edit {
    var copy = access(step)
    change(&copy)
    return .insert(place, copy, bytes(step))
  }

  /// Makes the access of a step before that of another one instead of where it was.
  func move(_ step: Step, before other: Step) -> [Fault.Edit] {
    move(step, before: other.access)
  }

  func move(_ step: Step, before place: Int) -> [Fault.Edit] {
    [insert(copyOf: step, before: place)] + drop(step)
  }

  /// Changes the access of a step, its data excepted.
  func change(_ step: Step, _ change: (inout Access) -> Void) -> [Fault.Edit] {
    var access = access(step)
    change(&access)
    return [.replace(step.access, access, nil)]
  }

  /// Gives a step another value; nil where its access does not hold the value as it is.
  func set(_ step: Step, to value: UInt64) -> [Fault.Edit]? {
    switch access(step).kind {
    case .portIO, .mmio:
      guard isAlone(step) else { return nil }
      let shift = UInt64(step.step.mask == 0 ? 0 : step.step.mask.trailingZeroBitCount)
      var access = access(step)
      guard access.value << shift == step.step.value else { return nil }
      access.value = value >> shift
      return [.replace(step.access, access, nil)] + echo(of: step, status: value)
    case .channelCommand:
      guard let changed = channelData(step, value) else { return nil }
      return [.replace(step.access, access(step), changed)]
    default: return nil
    }
  }

  /// The data area of a channel command with another value of `step` in it.
  private func channelData(_ step: Step, _ value: UInt64) -> [UInt8]? {
    var data = bytes(step)
    let place: (start: Int, count: Int, isBig: Bool)? =
      switch step.kind {
      case .readStatus, .writeStatus: (0, 1, true)
      case .readDeviceFeatures, .writeDriverFeatures: (0, 4, false)
      case .setRevision: (0, 2, true)
      case .readQueueSize: (2, 2, true)
      case .writeQueueSize: (14, 2, true)
      case .writeQueueAlign: (8, 4, true)
      case .writeQueueAddress: (step.step.index == 0 ? 0 : 8 + 8 * Int(step.step.index), 8, true)
      case .readDeviceID: (3, 1, true)
      case .setIndicators, .setConfigIndicators: (0, 8, true)
      case .setAdapterIndicators: (8, 8, true)
      case .readConfig, .writeConfig: (Int(step.step.index), Int(step.step.width), isLegacy)
      default: nil
      }
    guard let place, place.start + place.count <= data.count else { return nil }
    for index in 0..<place.count {
      let shift = UInt64(8 * (place.isBig ? place.count - 1 - index : index))
      data[place.start + index] = UInt8(truncatingIfNeeded: value >> shift)
    }
    return data
  }

  /// What the device's own log says right behind a status write or a kick: the same again.
  private func echoes(of step: Step) -> [Int] {
    let kind: Access.Kind
    switch step.kind {
    case .writeStatus: kind = .hostStatus
    case .kick: kind = .hostKick
    default: return []
    }
    let thread = access(step).cpu
    var found: [Int] = []
    var index = step.access + 1
    while index < recording.accesses.count, index < step.access + 64 {
      let next = recording.accesses[index]
      if next.cpu == thread, next.kind.rawValue < 128 { break }
      if next.cpu == thread, next.kind == kind { found.append(index) }
      index += 1
    }
    return found
  }

  private func echo(of step: Step, status: UInt64) -> [Fault.Edit] {
    guard step.kind == .writeStatus else { return [] }
    return echoes(of: step).map { index in
      var echo = recording.accesses[index]
      echo.code = UInt32(truncatingIfNeeded: status & 0xff)
      return .replace(index, echo, nil)
    }
  }
}
