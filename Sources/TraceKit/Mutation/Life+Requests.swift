import Model
import VirtioSpec

/// What the buffers of chains hold, and changes of it.
extension Life {
  /// The step that made the chain available whose request or answer `step` tells.
  func available(_ step: Step) -> Step? {
    steps.prefix(step.number).last {
      $0.kind == .bufferAvailable && $0.queue == step.queue && $0.value == step.value
    }
  }

  /// The buffers of the chain that `step` tells of, for the device to write or to read.
  func buffers(_ step: Step, writable: Bool) -> [Descriptor] {
    guard let made = step.kind == .bufferAvailable ? step : available(step),
      let (head, rest) = chain(made)
    else { return [] }
    let parts = head.flags & 4 != 0 ? rest : [head] + rest
    return parts.filter { ($0.flags & 2 != 0) == writable }
  }

  /// Where `count` bytes at `offset` of a request or an answer stand in the recording.
  func place(_ step: Step, at offset: UInt64, _ count: Int) -> MemoryPlace? {
    let isAnswer = step.kind == .requestAnswered
    var offset = offset
    for buffer in buffers(step, writable: isAnswer) {
      if offset < buffer.length {
        return memory(buffer.address + offset, count, by: isAnswer ? 2 : 1, before: step)
      }
      offset -= buffer.length
    }
    return nil
  }

  /// The number of `count` bytes at `offset` of a request or an answer.
  func number(_ step: Step, at offset: UInt64, _ count: Int) -> UInt64? {
    place(step, at: offset, count).map {
      number($0, 0, count, isBig: layout(step.queue)?.isBigEndian == true)
    }
  }

  /// Other numbers in a request or an answer; nil where one of them was not recorded.
  func set(_ step: Step, _ numbers: [(offset: UInt64, count: Int, value: UInt64)]) -> [Fault.Edit]?
  {
    var edits: [Fault.Edit] = []
    var data: [Int: [UInt8]] = [:]
    let isBig = layout(step.queue)?.isBigEndian == true
    for (offset, count, value) in numbers {
      guard let place = place(step, at: offset, count) else { return nil }
      var bytes = data[place.access] ?? recording.bytes(at: place.access)
      for index in 0..<count {
        let shift = UInt64(8 * (isBig ? count - 1 - index : index))
        bytes[place.offset + index] = UInt8(truncatingIfNeeded: value >> shift)
      }
      data[place.access] = bytes
    }
    for (index, bytes) in data.sorted(by: { $0.key < $1.key }) {
      edits.append(.replace(index, recording.accesses[index], bytes))
    }
    return edits
  }

  /// Requests, packets and commands that the driver made, of queues whose name begins so.
  func requests(_ name: String) -> [Step] { told(.requestMade, name) }

  /// What the device answered or delivered.
  func answers(_ name: String) -> [Step] { told(.requestAnswered, name) }

  private func told(_ kind: Transaction.Kind, _ name: String) -> [Step] {
    steps.filter { step in
      guard step.kind == kind else { return false }
      if case .named(let found) = session.virtqueueName(step.queue) { return found.hasPrefix(name) }
      return false
    }
  }
}
