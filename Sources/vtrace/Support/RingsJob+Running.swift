import Model
import Recordings
import Reports
import VirtioSpec

extension RingsJob {
  /// How often a device is asked again whose driver sets up its queues meanwhile.
  private static var attemptLimit: Int { 3 }

  /// Reads every queue of every virtio device of a running machine.
  mutating func read(
    _ machine: RunningMachine, only ids: [String],
    in memory: borrowing some GuestMemory & ~Copyable
  ) throws(RecordingError) {
    for device in try machine.devices() where ids.isEmpty || ids.contains(device.id) {
      guard let queues = try read(device, of: machine, in: memory), !queues.isEmpty
      else { continue }
      var entry = RingsReport.Device(
        id: device.id, type: device.type, name: DeviceType(rawValue: device.type).name, session: 0)
      entry.queues = queues
      report.devices.append(entry)
    }
  }

  /// Reads the queues of a device, between two questions to QEMU that must have the same answer:
  /// else the driver set them up anew. Nil when the device is gone.
  private func read(
    _ device: RunningDevice, of machine: RunningMachine,
    in memory: borrowing some GuestMemory & ~Copyable
  ) throws(RecordingError) -> [RingsReport.Queue]? {
    var before = device
    var shown: [RingsReport.Queue] = []
    for _ in 0..<Self.attemptLimit {
      shown = before.queues.map { queue in
        read(queue.index, queue.layout, taken: queue.device?.inUse, in: memory)
      }
      guard let after = try machine.update(before) else { return nil }
      if after.queues.map(\.setup) == before.queues.map(\.setup) {
        for (place, queue) in before.queues.enumerated() where queue.device != nil {
          let isSame = queue.device == after.queues[place].device
          guard !isSame || queue.device?.usedIndex != shown[place].snapshot.usedIndex else {
            continue
          }
          // What the device took when QEMU was asked says nothing of what memory held then.
          shown[place] = read(queue.index, queue.layout, taken: nil, in: memory)
        }
        return shown
      }
      before = after
    }
    for index in shown.indices { shown[index].snapshot.doubt(.changing) }
    return shown
  }
}

extension RunningDevice.Queue {
  /// What the driver decides, and nothing that moves.
  fileprivate var setup: RunningDevice.Queue {
    RunningDevice.Queue(index: index, layout: layout, device: nil)
  }
}
