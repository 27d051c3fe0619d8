import Model
import VirtioSpec

extension Mutation {
  /// Faults of how devices of channel I/O call their driver, and how it takes the call.
  ///
  /// That a guest clears indicators is in no recording of a real one. The faults that need it write the
  /// clearing that must have been there into the whole life, and leave out or add what is wrong.
  ///
  /// Spec: 4.3.3.1
  static let ccwInterrupts: [Mutation] = [
    Mutation("ccw.irq.dev-config-bit", "tells of a change by bit 1") { life in
      life.faults(life.all(.interrupt).filter { $0.step.index == 1 }) { step in
        let before = life.steps.prefix(step.number)
        guard let set = before.last(where: { $0.kind == .setConfigIndicators }) else { return nil }
        return life.rewrite(step, at: set.value &+ 7) { $0 << 1 }
      }
    }.entails("config.dev-notify-on-change", because: "nobody is told of the change"),
    Mutation("ccw.irq.dev-only-if-summary-clear", "interrupts again before the driver looked") {
      life in
      life.faults(life.adapterCalls.map(\.interrupt)) { interrupt in
        life.adapterCalls.flatMap { call -> [Fault.Edit] in
          let again = call.interrupt.number == interrupt.number ? life.repeat(interrupt) : []
          return again + [life.cleared(call.indicator, call), life.cleared(call.summary, call)]
        }
      }
    },
    Mutation("ccw.irq.drv-clear-summary-first", "never clears the summary indicator any more") {
      life in
      // What a driver does at the end of a recording may go on behind it.
      let patience: Int64 = 1_000_000_000
      let end = life.session.lastRecord.time &- patience
      let calls = life.adapterCalls
      return life.faults(calls.map(\.interrupt).filter { $0.step.reference.time < end }) { last in
        calls.flatMap { call -> [Fault.Edit] in
          let area = life.cleared(call.indicator, call)
          return call.interrupt.number < last.number
            ? [area, life.cleared(call.summary, call)] : [area]
        }
      }
    },
  ]
}

/// A queue's indicator, the summary indicator and the adapter interrupt that a device makes for them.
private struct AdapterCall {
  var indicator: Life.Step
  var summary: Life.Step
  var interrupt: Life.Step
}

extension Life {
  /// The adapter interrupts of a life whose indicators are in the recording, each with what was set
  /// for it.
  fileprivate var adapterCalls: [AdapterCall] {
    guard first(.setAdapterIndicators) != nil else { return [] }
    var indicator: Step?
    var summary: Step?
    var calls: [AdapterCall] = []
    for step in steps {
      switch step.kind {
      case .interrupt where step.step.index == 0 && access(step).kind == .memory: indicator = step
      case .indicator where step.step.index == CCWIndicator.summary.rawValue: summary = step
      case .ccwInterrupt where step.step.index == CCWInterrupt.adapter.rawValue:
        if let indicator, let summary, step.access + 1 < recording.accesses.count {
          calls.append(AdapterCall(indicator: indicator, summary: summary, interrupt: step))
        }
        (indicator, summary) = (nil, nil)
      default: break
      }
    }
    return calls
  }

  /// The driver clears, behind the interrupt of a call, what the device set by `step`.
  fileprivate func cleared(_ step: Step, _ call: AdapterCall) -> Fault.Edit {
    var access = access(step)
    access.code = 1
    access.flags.insert(.toDevice)
    return .insert(
      call.interrupt.access + 1, access, [UInt8](repeating: 0, count: bytes(step).count))
  }

  /// Another byte at `address` in what the device wrote by `step`; nil where it did not write there.
  fileprivate func rewrite(
    _ step: Step, at address: UInt64, _ change: (UInt8) -> UInt8
  ) -> [Fault.Edit]? {
    let access = access(step)
    var data = bytes(step)
    guard access.kind == .memory, address >= access.address,
      address - access.address < UInt64(data.count)
    else { return nil }
    let place = Int(address - access.address)
    data[place] = change(data[place])
    return [.replace(step.access, access, data)]
  }
}
