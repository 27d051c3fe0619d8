import VirtioSpec

/// The administration of a session's device: state made of steps alone, like the rest.
extension Session {
  /// What was commanded and answered; nil while no administration queue showed a command.
  public var admin: AdminState? { adminStates.first }
  /// Whether there is any of it, which costs nothing to ask.
  public var hasAdmin: Bool { !adminStates.isEmpty }

  /// ADMIN_VQ was accepted, and is not the bit of that number that older drivers of network
  /// devices know: for those the fields have to be there.
  public var hasAdminQueues: Bool {
    guard accepted.contains(41) else { return false }
    guard profile.type == .net else { return true }
    return (layout.first(.common)?.capability.length ?? 0) >= 64
  }

  /// Whether queue `index` is an administration queue; nil where the device's fields were not read.
  public func isAdminQueue(_ index: Int32) -> Bool? {
    guard hasAdminQueues else { return false }
    guard adminQueueIndex >= 0, adminQueueNum >= 0 else { return nil }
    return index >= adminQueueIndex && index < adminQueueIndex &+ adminQueueNum
  }

  /// Takes a command or a result.
  mutating func applyAdmin(_ step: Transaction) {
    if adminStates.isEmpty { adminStates.append(AdminState()) }
    switch told.admin {
    case .command(let command): adminStates[0].submit(command)
    case .result(let result): adminStates[0].take(result)
    case nil: adminStates[0].lose(at: step.reference)
    }
  }
}
