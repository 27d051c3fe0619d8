internal import Model
internal import Wire

/// A note that carries what a log of the device's own side said: `qemu: ` and a line of that log.
///
/// So a log that was converted keeps what no packet kind can tell.
enum HostNote {
  /// Another event of the log.
  case event(Access)
  /// What is true of the register accesses that follow, until the next such note.
  case context(HostContext)

  static var prefix: [UInt8] { Array("qemu: ".utf8) }
  static var contextWord: String { "vtrace_at " }

  /// What a note says, nil when it is a note for people.
  ///
  /// - Parameter note: the access made from the packet, which says when, where and on which CPU.
  init?(_ data: RawSpan, of note: Access) {
    guard data.starts(with: Self.prefix) else { return nil }
    let line = data.extracting(droppingFirst: Self.prefix.count)
    if let context = HostContext(line) {
      self = .context(context)
      return
    }
    guard let event = QEMUEvent(line: line), event.access.kind.rawValue >= 128 else { return nil }
    var access = event.access
    access.record = note.record
    access.time = note.time
    access.location = note.location
    access.cpu = note.cpu
    access.payloadOffset = note.payloadOffset &+ Self.prefix.count &+ event.payload.lowerBound
    access.payloadCount = UInt32(truncatingIfNeeded: event.payload.count)
    self = .event(access)
  }
}

/// What a log knows of a register access and the header has no field for.
struct HostContext: Equatable {
  /// Number of the region as its `hostRegion` told it, 0 for none.
  var region: UInt32 = 0
  /// The access came from no virtual CPU.
  var notFromGuestCPU = false

  init() {}

  /// What an access of a log has.
  init(_ access: Access) {
    region = access.code
    notFromGuestCPU = access.flags.contains(.notFromGuestCPU)
  }

  /// Reads `vtrace_at 3` or `vtrace_at 3 host`.
  init?(_ line: RawSpan) {
    var cursor = TextCursor(line, at: 0)
    guard cursor.skip(HostNote.contextWord) else { return nil }
    region = cursor.number(UInt32.self)
    notFromGuestCPU = cursor.skip(" host")
    guard cursor.isComplete, cursor.isAtEnd else { return nil }
  }

  /// The line that `init` reads.
  var line: String {
    HostNote.contextWord + String(region) + (notFromGuestCPU ? " host" : "")
  }

  /// Adds what is known to a register access.
  func apply(to access: inout Access) {
    if access.code == 0 { access.code = region }
    if notFromGuestCPU { access.flags.insert(.notFromGuestCPU) }
  }
}
