import Model
import Reports
import Terminal

/// Connections between sockets stand below the devices, in the same pane.
extension ViewState {
  /// Lines of the devices' pane below its header.
  var deviceLineCount: Int { snapshot.devices.count + snapshot.sockets.count }

  /// The connection in a line of the devices' pane.
  func socket(at line: Int) -> SocketConnection? {
    let place = line - snapshot.devices.count
    return snapshot.sockets.indices.contains(place) ? snapshot.sockets[place] : nil
  }

  /// The connection that is selected.
  var subjectSocket: SocketConnection? { subject == .devices ? socket(at: devices.cursor) : nil }

  /// The line of a connection, with what each end sent.
  func socketLine(_ socket: SocketConnection) -> [Run] {
    let isFaulty = socket.first.overruns > 0 || socket.second.overruns > 0
    return [
      Run("vsock".fitted(6), Look.dim), Run(socket.text),
      Run("  \(socket.first.bytes) B →  ← \(socket.second.bytes) B", CellStyle(.green)),
      Run(isFaulty ? "  beyond the room that was seen" : "", CellStyle(.yellow)),
    ]
  }

  /// A connection as a tree: its ends, and where it stands in the recording.
  func nodes(of socket: SocketConnection) -> [DetailNode] {
    let ends = [socket.first, socket.second].filter { $0.packets > 0 }
    return [
      DetailNode(
        socket.text, Look.strong, key: "socket",
        ends.flatMap { end in wrapped(socket.text(of: end) { place($0) }) }),
      DetailNode("\(place(socket.firstRecord)) to \(place(socket.lastRecord))", Look.dim),
    ]
  }
}
