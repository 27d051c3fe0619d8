import TraceKit

/// Called by libFuzzer with an input of its choice.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAccesses(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let findings = HostileAccesses.run(bytes)
  // Now and then once more: the same input gives the same findings.
  if count % 8 == 0 {
    let again = HostileAccesses.run(bytes)
    precondition(
      findings.map(\.message) == again.map(\.message), "the findings are not the same again")
  }
  return 0
}
