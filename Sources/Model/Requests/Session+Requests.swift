/// What the packets and requests of a session's device look like, by what was negotiated.
extension Session {
  /// Bytes of `struct virtio_net_hdr`: the fields up to the last that a feature brings.
  ///
  /// Spec: 5.1.6, Device Operation; 5.1.6.3.1; legacy: 5.1.6.1.
  public var netHeaderLength: Int {
    // Bits 69 and 70 OUT_NET_HEADER and IPSEC; 65 and 67 the tunnel features; 57 HASH_REPORT; 15 MRG_RXBUF.
    if accepted.contains(69) || accepted.contains(70) { return 32 }
    if accepted.contains(65) || accepted.contains(67) { return 24 }
    if accepted.contains(57) { return 20 }
    return acceptedVersion1 || accepted.contains(15) ? 12 : 10
  }
}
