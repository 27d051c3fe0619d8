import LiveView
import Model
import Recordings

/// What the monitor of a running QEMU told when a recording began; it is let go at once, because it
/// serves one client at a time.
struct GuestMonitor {
  let hints: [DeviceHint]
  let devices: [RunningDevice]
  let memory: CombinedMemory?

  /// The queues of guests that were set up before, by device.
  var queues: [String: [BaseMemory.KnownQueue]] {
    let all = devices.map { device in
      let queues = device.queues.map { BaseMemory.KnownQueue(index: $0.index, layout: $0.layout) }
      return (device.id, queues)
    }
    return Dictionary(all) { first, _ in first }
  }

  init(path: String, wantsMemory: Bool) throws {
    guard wantsMemory else {
      hints = try RunningMachine(path: path).topology()
      devices = []
      memory = nil
      return
    }
    var memory = try CombinedMemory([.qmp(socket: path)])
    var hints = try memory.machines.first?.topology() ?? []
    // A QEMU before 7.2 does not tell of its devices: then the recording has to.
    let devices = (try? memory.machines.first?.devices()) ?? []
    for place in hints.indices {
      guard let device = devices.first(where: { $0.id == hints[place].id }) else { continue }
      hints[place].queues = device.queues.map { ToldQueue(index: $0.index, layout: $0.layout) }
    }
    self.hints = hints
    self.devices = devices
    memory.releaseMonitors()
    self.memory = memory
  }
}
