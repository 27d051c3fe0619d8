import LiveView
import Model
import Recordings
import Wire

/// Writes what a screen shows as a recording.
enum SavedHistory {
  /// Writes the records of the transactions that are listed, with those that say where the devices
  /// are, and returns how many.
  static func write(_ state: ViewState, to path: String, hints: [DeviceHint]) throws(RecordingError)
    -> UInt64
  {
    var writer = try PcapngWriter(path: path, comment: "saved by vtrace \(state.title)")
    let parts = state.recordsToSave
    let time = parts.lazy.compactMap(\.accesses.first).first?.time ?? 0
    // What a person or a monitor told stands nowhere else.
    for hint in hints { writer.write(hint, at: time) }
    for part in parts { writer.receive(part.accesses.span, payload: part.bytes.rawBytes) }
    let packets = writer.packets
    try writer.finish()
    return packets
  }
}
