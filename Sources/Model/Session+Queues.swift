public import VirtioSpec

extension Session {
  /// What the device's type calls virtqueue `index`, by what was negotiated in this life.
  ///
  /// Spec: "Virtqueues" in the section of each device; 4.1.4.3, for administration virtqueues.
  public func virtqueueName(_ index: Int32) -> VirtqueueName {
    guard let type = profile.type, index >= 0 else { return .unknown }
    if adminQueueIndex >= 0, index >= adminQueueIndex,
      index &- adminQueueIndex < max(adminQueueNum, 1)
    {
      return .named("administration virtqueue")
    }
    return type.virtqueueName(Int(index), NegotiatedQueues(session: self))
  }
}

/// What a session tells about the virtqueues that its device has.
private struct NegotiatedQueues: VirtqueueFacts {
  let session: Session

  func accepts(_ bit: Int) -> Bool? {
    // A driver that wrote no word with the bit did not accept it, once it goes on to work.
    if session.accepted.knows(bit) || session.marks.driverOK.isSet && session.isWhole {
      return session.accepted.contains(bit)
    }
    return nil
  }

  func count(_ field: String) -> Int? {
    session.configFields().first { $0.name == field }.flatMap { Int($0.text) }
  }
}
