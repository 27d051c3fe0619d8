public import Model
public import Rules
import VirtioSpec

/// Listens to an analysis and keeps what a comparison needs of the recording.
public final class RunCollector {
  private var trails: [TrailRecorder] = []
  private var room = TrailRecorder.limit
  /// Whether a step is compared, with number, id and session of its device; nil for all. The session is
  /// `inout` only so that it is not copied.
  public var wants: ((Transaction, Int32, String, inout Session) -> Bool)?

  public init() {}

  /// Begins to listen; call it before the first batch.
  public func listen(to analysis: inout Analysis) {
    analysis.onTransaction = { _, _ in }
    analysis.isWanted = { [self] step, device, id, session in
      let isWanted = wants?(step, device, id, &session) ?? true
      take(step, device, isWanted, &session)
      return false
    }
  }

  private func take(
    _ step: Transaction, _ device: Int32, _ isWanted: Bool, _ session: inout Session
  ) {
    let place = Int(device)
    while trails.count <= place { trails.append(TrailRecorder()) }
    let profile = session.profile
    let isLegacy = session.interface == .legacy
    let moment = TrailRecorder.Moment(
      session: session.index, status: session.writtenStatus, type: profile.type,
      isBigEndian: session.configIsBigEndian, transport: profile.transport)
    trails[place].take(step, moment, isWanted: isWanted, room: &room)
    trails[place].life.startKnown = session.startKnown || step.isStatusReset || step.kind == .reset
    if session.messagesEnabled == .yes { trails[place].life.hasMessages = true }
    trails[place].life.isLegacy = isLegacy || step.interface == .legacy
  }

  /// What was kept, after the analysis has been finished.
  public func run(of analysis: Analysis, _ summary: InputSummary) -> ComparedRun {
    let devices = analysis.machine.devices.all
    for place in trails.indices { trails[place].finish(room: &room) }
    let compared = devices.enumerated().map { place, device in
      let trail = trails.indices.contains(place) ? trails[place] : TrailRecorder()
      return ComparedDevice(
        id: device.id, type: device.profile.type, transport: device.profile.transport,
        lives: trail.lives, facts: trail.facts,
        isFromHint: device.profile.fromHint)
    }
    return ComparedRun(devices: compared, summary: summary)
  }
}
