import Model

/// A driver sends data only where the peer has room for it.
///
/// Trap: the driver may not have seen the peer's last word yet. Older ones allow less, but for those of a
/// larger buffer: the largest counts.
///
/// Spec: 5.10.6.3.1
struct VsockCreditNoOverrun: VsockRoomRule {
  static let id = "vsock.credit.no-overrun"
  static let isOfDriver = true
  var tally = Tally()
}

/// A device sends data only where the driver's end has room for it.
///
/// Trap: as for `VsockCreditNoOverrun`.
///
/// Spec: 5.10.6.3.2
struct VsockCreditDevNoOverrun: VsockRoomRule {
  static let id = "vsock.credit.dev-no-overrun"
  static let isOfDriver = false
  var tally = Tally()
}

/// A driver's fwd_cnt counts what it took of what was sent.
///
/// Trap: an RST of no connection has zeros.
///
/// Spec: 5.10.6.3.1
struct VsockCreditFieldsValid: VsockCountRule {
  static let id = "vsock.credit.fields-valid"
  static let isOfDriver = true
  var tally = Tally()
}

/// A device's fwd_cnt counts what it took of what was sent.
///
/// Trap: an RST of no connection has zeros.
///
/// Spec: 5.10.6.3.2
struct VsockCreditDevFieldsValid: VsockCountRule {
  static let id = "vsock.credit.dev-fields-valid"
  static let isOfDriver = false
  var tally = Tally()
}
