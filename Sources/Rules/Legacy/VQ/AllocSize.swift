import Model

/// The memory of a legacy queue is as large as the formula says: nothing else lies in it.
///
/// Traps: the ALIGN of the text rounds up to the alignment.
///
/// Spec: 2.7.2
struct AllocSize: Rule {
  static let id = "legacy.vq.alloc-size"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard session.isLegacy else { return .silent }
    switch step.kind {
    case .writeQueuePFN: return judgeQueue(step, session)
    case .bufferAvailable: return judgeBuffers(step, session)
    default: return .silent
    }
  }

  /// The bytes from the first descriptor to the end of the used ring.
  private func range(_ layout: QueueLayout) -> ClosedRange<UInt64>? {
    let end = layout.deviceArea &+ 5 &+ 8 &* UInt64(layout.size)
    return !layout.isPacked && layout.descriptors <= end ? layout.descriptors...end : nil
  }

  private func judgeQueue(_ step: Transaction, _ session: Session) -> Judgement {
    guard step.hasValue, step.value != 0, step.index > 0, var queue = session.queue(step.queue)
    else { return .silent }
    queue.descriptors = step.value &* UInt64(step.index)
    guard let mine = QueueLayout(queue, of: session).flatMap(range) else { return .silent }
    for other in session.queues where other.index != step.queue && other.isEnabled {
      guard let theirs = QueueLayout(other, of: session).flatMap(range), mine.overlaps(theirs)
      else { continue }
      return .broken(
        "driver puts queue \(step.queue) at \(hex(mine.lowerBound)), into the memory of queue"
          + " \(other.index)",
        Evidence(other.enabledAt, "driver enables queue \(other.index)"))
    }
    return .held
  }

  private func judgeBuffers(_ step: Transaction, _ session: Session) -> Judgement {
    for buffer in session.told.buffers where buffer.length > 0 {
      let end = buffer.address.addingReportingOverflow(UInt64(buffer.length) &- 1)
      guard !end.overflow else { continue }
      for ring in session.rings where ring.isLive {
        guard let range = range(ring.layout), range.overlaps(buffer.address...end.partialValue)
        else { continue }
        return .broken(
          "driver makes a buffer at \(hex(buffer.address)) available that lies in the rings of queue"
            + " \(ring.queue)")
      }
    }
    return .silent
  }
}
