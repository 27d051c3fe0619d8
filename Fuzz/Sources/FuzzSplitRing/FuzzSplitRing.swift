import TraceKit

/// Called by libFuzzer with an input of its choice.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSplitRing(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let problem = RingReading(HostileRing(bytes, packed: false)).problem {
    preconditionFailure(problem)
  }
  return 0
}
