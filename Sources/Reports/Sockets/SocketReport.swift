public import Model

extension Report.Input {
  /// Connections that are shown of an input.
  private static var shownLimit: Int { 64 }

  /// The connections of sockets that vsock monitoring showed; empty where it showed none.
  func socketText(_ style: Style) -> String {
    guard sockets.packets > 0 else { return "" }
    var text = style.bold("vsock") + "  \(counted(sockets.connections.count, "connection")), "
    text += "\(counted(sockets.packets, "packet"))\n"
    if sockets.packetsWithoutHeader > 0 {
      let count = counted(sockets.packetsWithoutHeader, "packet")
      text += style.dim("  \(count) of another transport, or without virtio's header") + "\n"
    }
    for connection in sockets.connections.prefix(Self.shownLimit) {
      text += self.text(of: connection, style)
    }
    if sockets.connections.count > Self.shownLimit {
      let rest = sockets.connections.count - Self.shownLimit
      text += style.dim("  … \(counted(rest, "more connection")) …") + "\n"
    }
    if sockets.packetsNotFollowed > 0 {
      let count = counted(sockets.packetsNotFollowed, "packet")
      text += style.dim("  \(count) of connections beyond those that are kept") + "\n"
    }
    return text + "\n"
  }

  private func text(of connection: SocketConnection, _ style: Style) -> String {
    let places = Places(summary)
    var text = "  \(connection.text)  "
    text += style.dim(
      "\(places.name(connection.firstRecord)) to \(places.name(connection.lastRecord))")
    text += "\n"
    for end in [connection.first, connection.second] where end.packets > 0 {
      text += self.text(of: end, connection, style)
    }
    return text
  }

  private func text(
    of end: SocketConnection.End, _ connection: SocketConnection, _ style: Style
  ) -> String {
    let words = connection.text(of: end) { Places(summary).name($0) }
    let lines = wrap(words.split(separator: " ").map(String.init), width: 92)
    return lines.enumerated().map { ($0 == 0 ? "    " : "      ") + $1 + "\n" }.joined()
  }
}

extension SocketConnection {
  /// `3:1024 → 2:5000  stream, closed`.
  public var text: String { "\(first.address) → \(second.address)  \(typeName), \(state.words)" }

  /// What one of its ends sent and said; `place` names a record.
  public func text(of end: End, place: (RecordReference) -> String) -> String {
    var words = "\(end.address) sent \(counted(end.bytes, "byte")) in "
    words += counted(end.packets, "packet")
    if let space = end.bufferSpace, let taken = end.forwardedCount {
      words += "; buf_alloc \(space), fwd_cnt \(taken)"
    }
    if let room = room(for: end.address) { words += "; \(SocketLine.text(room: room))" }
    let said = [(end.sendsNoMore, "sends no more"), (end.receivesNoMore, "receives no more")]
    for (isSo, what) in said where isSo { words += "; \(what)" }
    if end.overruns > 0 {
      words += "; \(counted(end.overruns, "packet")) beyond the room that was seen, first at "
      words += place(end.firstOverrun)
    }
    return words
  }

  /// The name of its socket type.
  var typeName: String {
    switch type {
    case 1: "stream"
    case 2: "seqpacket"
    default: "type \(type)"
    }
  }
}

extension SocketConnection.State {
  var words: String { self == .unknown ? "begun before the recording" : rawValue }
}
