import Model
import VirtioSpec

extension Report.Input {
  /// The block of one device: what it is, then its sessions.
  func text(of device: Device, _ style: Style) -> String {
    let places = Places(summary)
    let type = device.profile.type
    let title = type.map { $0.isKnown ? " (\($0.title))" : "" } ?? ""
    var text = style.bold(device.id) + "  " + style.bold(device.typeName) + title
    text += ", virtio-\(device.profile.transport.name)"
    if device.profile.pciDeviceID != 0 {
      text += ", device id \(hexadecimal(device.profile.pciDeviceID))"
    }
    text += "\n"
    if device.profile.fromHint {
      let what =
        device.profile.transport == .ccw
        ? "its device number" : "what the device is and where its structures lie"
      text += style.dim("  taken from a device hint: \(what)") + "\n"
    }
    for remark in device.remarks { text += style.dim("  \(remark)") + "\n" }
    let sessions = device.sessions
    let shown = Self.shown(sessions)
    for (place, session) in sessions.enumerated() {
      if shown.contains(place) {
        text += self.text(
          of: session, isOnly: sessions.count == 1, isLast: place == sessions.count - 1, places,
          style)
      } else if place == Self.headSessions {
        text += style.dim("  … \(sessions.count - shown.count) more sessions …") + "\n"
      }
    }
    if device.sessionsNotKept > 0 {
      text += style.dim("  \(device.sessionsNotKept) more sessions are not kept") + "\n"
    }
    return text + "\n"
  }

  private static var headSessions: Int { 6 }

  /// Which of the sessions are shown: the first ones and the last.
  private static func shown(_ sessions: [Session]) -> Set<Int> {
    guard sessions.count > headSessions + 2 else { return Set(sessions.indices) }
    return Set(0..<headSessions).union([sessions.count - 2, sessions.count - 1])
  }

  private func text(
    of session: Session, isOnly: Bool, isLast: Bool, _ places: Places, _ style: Style
  ) -> String {
    if !isOnly, !session.hasLife, session.marks.reset.isSet {
      return style.dim("  then reset (\(places.name(session.marks.reset)))") + "\n"
    }
    var text = ""
    if !isOnly {
      let span = "\(places.name(session.firstRecord)) to \(places.name(session.lastRecord))"
      text += "  session \(session.index)  " + style.dim(span) + "\n"
    }
    let reason = session.interfaceReason(places).split(separator: " ").map(String.init)
    text += row("interface", wrap(["\(session.interfaceName):"] + reason, width: 86), style)
    if !session.startKnown { text += row("start", ["not in the recording"], style) }
    if session.offered.isKnownAtAll { text += features("offered", session.offered, session, style) }
    if session.accepted.isKnownAtAll {
      text += features("accepted", session.accepted, session, style)
    }
    if !session.statusHistory.isEmpty { text += statusRow(session, isLast: isLast, style) }
    for queue in session.queues where queue.isUsed { text += queueRow(queue, session, style) }
    text += countsRow(session, style)
    text += configRows(session, style)
    return text
  }

  /// A line with a name in front, and as many lines as it takes behind.
  private func row(_ name: String, _ lines: [String], _ style: Style) -> String {
    var text = ""
    for (place, line) in lines.enumerated() {
      text += "  " + style.dim(padded(place == 0 ? name : "", 11)) + line + "\n"
    }
    return text
  }

  private func features(
    _ name: String, _ set: FeatureSet, _ session: Session, _ style: Style
  ) -> String {
    let names = set.shortNames(in: session)
    let lines = wrap([set.hexadecimalText] + (names.isEmpty ? ["none"] : names), width: 86)
    return row(name, lines, style)
  }

  /// The status as it changed, each step with the bits that came.
  private func statusRow(_ session: Session, isLast: Bool, _ style: Style) -> String {
    var words: [String] = []
    var before: DeviceStatus?
    for change in session.statusHistory {
      if change.isWrite || before != change.value {
        words.append(Self.step(change, from: before))
      }
      before = change.value
    }
    var lines = wrap(words, width: 86)
    let outcome = session.outcomeName(isLast: isLast)
    let time = session.initializationTime.map { ", initialized in \(duration($0))" } ?? ""
    lines.append("\(outcome)\(time)")
    return row("status", lines, style)
  }

  private static func step(_ change: Session.StatusChange, from before: DeviceStatus?) -> String {
    let value = hexadecimal(change.value.rawValue, digits: 2)
    guard let before else { return "\(change.isWrite ? "" : "read ")\(value)" }
    let added = change.value.subtracting(before)
    let removed = before.subtracting(change.value)
    if change.value.isEmpty { return "→ 0x00" }
    var note = added.isEmpty ? "" : "+" + added.describing
    if !removed.isEmpty { note += (note.isEmpty ? "" : ",") + "-" + removed.describing }
    let who = change.isWrite ? "" : "read "
    return "→ \(who)\(value)" + (note.isEmpty ? "" : "(\(note))")
  }

  private func queueRow(_ queue: Queue, _ session: Session, _ style: Style) -> String {
    var facts = [queue.role(in: session) + "\(session.layoutName) \(queue.size)"]
    if queue.maxSize != 0, queue.maxSize != queue.size { facts[0] += " of \(queue.maxSize)" }
    if queue.descriptors != 0 { facts.append("desc \(hexadecimal(queue.descriptors))") }
    if queue.driverArea != 0 { facts.append("driver \(hexadecimal(queue.driverArea))") }
    if queue.deviceArea != 0 { facts.append("device \(hexadecimal(queue.deviceArea))") }
    if queue.vector >= 0 {
      facts.append(queue.vector == 0xffff ? "no vector" : "vector \(queue.vector)")
    }
    if !queue.isEnabled { facts.append("not enabled") }
    facts.append(counted(queue.kicks, "kick"))
    facts.append(counted(queue.interrupts, "interrupt"))
    var rings = ""
    if let totals = session.ring(queue.index)?.totals, totals.available > 0 || totals.used > 0 {
      rings = "; " + totals.text
    }
    let words = (facts.joined(separator: ", ") + rings).split(separator: " ").map(String.init)
    let places = Places(summary)
    let hints = session.hints(of: queue.index, now: places.end)
    let lines = hints.flatMap { hint in
      wrap(
        "hint: \(hint.text) (\(places.name(hint.reference)))".split(separator: " ").map(
          String.init), width: 86)
    }
    return row("queue \(queue.index)", wrap(words, width: 86) + lines, style)
  }

  private func countsRow(_ session: Session, _ style: Style) -> String {
    var facts: [String] = []
    if session.configInterrupts > 0 {
      facts.append(counted(session.configInterrupts, "configuration interrupt"))
    }
    if session.unattributedInterrupts > 0 {
      facts.append("\(counted(session.unattributedInterrupts, "interrupt")) of unknown cause")
    }
    return facts.isEmpty ? "" : row("interrupts", [facts.joined(separator: ", ")], style)
  }

  private func configRows(_ session: Session, _ style: Style) -> String {
    let fields = session.configFields()
    guard !fields.isEmpty else { return "" }
    let words = fields.map { "\($0.name)=\($0.text)" }
    return row("config", wrap(words, width: 86), style)
  }
}
