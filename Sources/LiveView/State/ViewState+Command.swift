extension ViewState {
  /// Does what a typed command says.
  mutating func run(_ text: String) -> Effect? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first else { return nil }
    let rest = words.count > 1 ? words[1] : ""
    if let record = UInt64(name) {
      goToRecord(record)
      return nil
    }
    switch name {
    case "q", "quit": return .quit
    case "w", "save": return .save(rest.isEmpty ? "vtrace-save.pcapng" : rest)
    case "device": goToDevice(rest)
    case "filter": filter(text: rest)
    case "follow": return take(.bottom)
    case "freeze": freeze()
    case "help": return take(.help)
    case "crash": return .crash
    default: message = .problem("there is no command '\(name)'")
    }
    return nil
  }

  private mutating func goToRecord(_ record: UInt64) {
    guard let number = snapshot.number(ofRecord: record) else {
      message = .problem("no transaction is at record \(record) or behind it")
      return
    }
    focus(on: .transactions)
    go(to: number)
  }

  private mutating func goToDevice(_ id: String) {
    guard
      let place = snapshot.devices.firstIndex(where: { $0.id == id || $0.typeName == id })
        ?? snapshot.devices.firstIndex(where: { $0.id.contains(id) && !id.isEmpty })
    else {
      message = .problem("there is no device '\(id)'")
      return
    }
    focus(on: .devices)
    devices.cursor = place
  }
}
