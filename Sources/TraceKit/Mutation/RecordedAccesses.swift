public import Model
public import Recordings
import Rules
internal import Wire

/// The accesses of a recording with their bytes, to be changed and analyzed again.
public struct RecordedAccesses: AccessSink, Sendable {
  public private(set) var accesses: [Access] = []
  /// The bytes that `payloadOffset` of the accesses points into.
  private(set) var payload: [UInt8] = []

  init() {}

  /// Reads the recording at `path`.
  public init(path: String) throws(RecordingError) {
    _ = try Recording.read(path: path, into: &self)
  }

  public mutating func receive(_ batch: Span<Access>, payload bytes: RawSpan) {
    for index in batch.indices {
      let access = batch[index]
      let start = access.payloadOffset
      let (end, overflow) = start.addingReportingOverflow(Int(access.payloadCount))
      let isInside = !overflow && start >= 0 && end <= bytes.byteCount
      append(access, isInside ? bytes.extracting(start..<end).array : [])
      // Leaves numbers for what a fault adds.
      accesses[accesses.count - 1].record = access.record &* Self.step
    }
  }

  /// How far the numbers of two records lie apart.
  static var step: UInt64 { 16 }

  /// Appends an access whose data are `bytes`.
  mutating func append(_ access: Access, _ bytes: [UInt8]) {
    var access = access
    access.payloadOffset = payload.count
    access.payloadCount = UInt32(bytes.count)
    payload += bytes
    accesses.append(access)
  }

  /// The data of the access at `index`.
  func bytes(at index: Int) -> [UInt8] {
    let access = accesses[index]
    return Array(payload[access.payloadOffset..<access.payloadOffset + Int(access.payloadCount)])
  }

  /// Sends all of them to `analysis` and ends it.
  func analyze(into analysis: inout Analysis) {
    analysis.receive(accesses.span, payload: payload.span.raw)
    analysis.finish()
  }

  /// The same recording with `fault` in it.
  func with(_ fault: Fault) -> RecordedAccesses {
    var result = self
    var drops: Set<Int> = []
    var inserts: [Int: [Int]] = [:]
    for (number, edit) in fault.edits.enumerated() {
      switch edit {
      case .drop(let index): drops.insert(index)
      case .replace(let index, let access, let bytes):
        result.replace(index, access, bytes)
      case .insert(let index, _, _): inserts[index, default: []].append(number)
      }
    }
    guard !drops.isEmpty || !inserts.isEmpty else { return result }
    var made: [Access] = []
    made.reserveCapacity(accesses.count + inserts.count)
    for index in 0...accesses.count {
      for number in inserts[index] ?? [] {
        guard case .insert(_, let access, let bytes) = fault.edits[number] else { continue }
        let isLast = index >= accesses.count || drops.contains(index)
        let next = isLast ? access : accesses[index]
        made.append(result.placed(Self.fitted(access, made.last ?? next, next), bytes))
      }
      if index < accesses.count, !drops.contains(index) { made.append(result.accesses[index]) }
    }
    result.accesses = made
    return result
  }

  /// `access` with number and time of its place between two others. Memory is noted by itself, apart
  /// from what is noted in one look.
  private static func fitted(_ access: Access, _ last: Access, _ next: Access) -> Access {
    var access = access
    access.record = last.record &+ 1
    guard access.kind == .memory else {
      access.time = max(last.time, min(access.time, next.time))
      return access
    }
    let isRoom = last.time < next.time &- 1 && last.kind == .memory
    access.time = isRoom ? last.time &+ 1 : next.time &- 1
    return access
  }

  private mutating func replace(_ index: Int, _ access: Access, _ bytes: [UInt8]?) {
    guard let bytes else {
      accesses[index] = access
      return
    }
    accesses[index] = placed(access, bytes)
  }

  /// `access` with its data added to the payload.
  private mutating func placed(_ access: Access, _ bytes: [UInt8]) -> Access {
    var access = access
    access.payloadOffset = payload.count
    access.payloadCount = UInt32(bytes.count)
    payload += bytes
    if !bytes.isEmpty {
      access.value = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    return access
  }
}
