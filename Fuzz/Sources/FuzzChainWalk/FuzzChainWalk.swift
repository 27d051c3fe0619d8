import TraceKit

/// Called by libFuzzer with an input of its choice.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChainWalk(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let problem = RingReading.chains(of: bytes) { preconditionFailure(problem) }
  return 0
}
