extension DeviceHint {
  /// The hint in `payload`, nil when it is no JSON object with a known transport.
  init?(_ payload: RawSpan, access: Access) {
    return nil
  }
}
