import Model
import Wire

/// Keeps every access with a copy of its payload.
struct Collector: AccessSink {
  /// An access that can be compared and outlives its window.
  struct Item: Equatable, CustomStringConvertible {
    var kind: Access.Kind
    var record: UInt64
    var time: Int64
    var location: UInt64
    var address: UInt64
    var value: UInt64
    var width: UInt32
    var code: UInt32
    var cpu: UInt16
    var flags: UInt16
    var payload: [UInt8]

    var description: String {
      "#\(record) \(kind) @\(time) at \(location): \(String(address, radix: 16)) = "
        + "\(String(value, radix: 16)) width \(width) code \(code) cpu \(cpu) flags \(flags) "
        + "payload \(payload)"
    }
  }

  var items: [Item] = []
  /// How many batches came.
  var batches = 0

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    batches += 1
    for index in batch.indices {
      let access = batch[index]
      let count = Int(access.payloadCount)
      let bytes =
        count == 0
        ? []
        : payload.extracting(access.payloadOffset..<access.payloadOffset + count).array
      items.append(
        Item(
          kind: access.kind, record: access.record, time: access.time, location: access.location,
          address: access.address, value: access.value, width: access.width, code: access.code,
          cpu: access.cpu, flags: access.flags.rawValue, payload: bytes))
    }
  }
}
