internal import Wire

extension CCWSubchannel {
  /// Whether a notification gives another cookie than the last one of its queue returned; keeps the
  /// one that it returns itself. A negative answer is an error, and no cookie.
  ///
  /// Spec: 4.3.3.2, Guest->Host Notification
  mutating func passesOtherCookie(_ data: RawSpan, queue: Int32) -> Bool {
    guard 0..<64 ~= queue, data.byteCount >= 16 else { return false }
    let bit: UInt64 = 1 << UInt64(queue)
    let place = Int(queue)
    if cookies.isEmpty { cookies = Array(repeating: 0, count: 64) }
    let isOther =
      knownCookies & bit != 0 && cookies[place] != data.bigEndian(UInt64.self, at: 0)
    let answer = data.bigEndian(UInt64.self, at: 8)
    if answer >> 63 == 0 {
      cookies[place] = answer
      knownCookies |= bit
    } else {
      knownCookies &= ~bit
    }
    return isOther
  }
}
