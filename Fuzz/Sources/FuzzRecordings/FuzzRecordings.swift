import TraceKit

/// Called by libFuzzer with an input of its choice.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecordings(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let reading = WholeReading(bytes, listing: bytes.count % 4 == 0)
  precondition(reading.error != nil || !reading.text.isEmpty, "neither an error nor a report")
  return 0
}
