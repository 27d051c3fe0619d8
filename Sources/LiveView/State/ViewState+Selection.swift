import Model
import Query
import Reports
import Rules

extension ViewState {
  /// The transaction under the cursor, with its chunk.
  var selectedEntry: HistoryEntry? { snapshot.entry(selected) }

  var selectedFinding: Finding? { finding(at: findingList.cursor) }

  /// Number of the device that detail and rings are about.
  var subjectDeviceNumber: Int? {
    switch subject {
    case .transactions: selectedEntry.map { Int($0.device) }
    case .findings: selectedFinding.map { Int($0.device) }
    default: devices.cursor
    }
  }

  var subjectDevice: DeviceState? {
    guard let number = subjectDeviceNumber, snapshot.devices.indices.contains(number) else {
      return nil
    }
    return snapshot.devices[number]
  }

  /// Position of the queue that the rings pane shows: the one that was chosen, that of the selected
  /// transaction, or the first that is in use.
  var shownQueuePlace: Int? {
    guard let queues = subjectDevice?.queues, !queues.isEmpty else { return nil }
    if let queuePlace, queues.indices.contains(queuePlace) { return queuePlace }
    if subject == .transactions, let queue = selectedEntry?.step.queue, queue >= 0,
      let place = queues.firstIndex(where: { $0.queue.index == queue })
    {
      return place
    }
    return queues.firstIndex { $0.rings != nil } ?? queues.firstIndex { $0.queue.isUsed } ?? 0
  }

  /// Goes to where a finding is.
  mutating func show(_ finding: Finding) {
    guard
      let number = snapshot.number(of: finding.reference, device: finding.device)
    else {
      message = .problem("record \(finding.reference.record) is not kept any more")
      focus(on: .findings)
      return
    }
    focus(on: .transactions)
    if rows.isFiltered, rows.number(at: rows.row(of: number)) != number {
      message = .note("record \(finding.reference.record) does not pass the filter")
    } else {
      message = .note("\(finding.severity.rawValue)[\(finding.rule)]: \(finding.message)")
    }
    go(to: number)
  }

  /// The line under the cursor, as it is copied.
  var selectedText: String {
    switch focus {
    case .devices:
      subjectDevice.map {
        deviceLine($0, number: devices.cursor).map(\.text).joined(separator: " ")
      } ?? subjectSocket?.text ?? ""
    case .findings:
      selectedFinding.map { "\($0.severity.rawValue)[\($0.rule)]: \($0.message)" } ?? ""
    case .detail:
      detailLines.indices.contains(detail.cursor) ? detailLines[detail.cursor].text : ""
    case .rings: ringTexts.joined(separator: "\n")
    case .transactions: rowLine(selected)
    }
  }
}
