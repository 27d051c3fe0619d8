/// What the packets of an interface are.
///
/// Source: the LINKTYPE registry of the tcpdump group.
struct LinkType: Equatable, Sendable {
  var number: Int

  /// `LINKTYPE_USER0`, the encapsulation's own.
  static var user0: LinkType { LinkType(number: 147) }

  /// `LINKTYPE_VSOCK`: packets of vsock monitoring.
  static var vsock: LinkType { LinkType(number: 271) }

  /// Whether the number is one of the sixteen left to private use.
  var isUser: Bool { 147...162 ~= number }

  /// The name and number as a summary tells them.
  var description: String {
    guard let name else { return "link type \(number)" }
    return "link type \(name) (\(number))"
  }

  private var name: String? {
    if isUser { return "USER\(number - 147)" }
    return Self.names[number]
  }

  private static let names: [Int: String] = [
    0: "NULL", 1: "ETHERNET", 6: "IEEE802_5", 7: "ARCNET_BSD", 8: "SLIP", 9: "PPP", 10: "FDDI",
    50: "PPP_HDLC", 51: "PPP_ETHER", 100: "ATM_RFC1483", 101: "RAW", 104: "C_HDLC",
    105: "IEEE802_11", 107: "FRELAY", 108: "LOOP", 113: "LINUX_SLL", 114: "LTALK", 117: "PFLOG",
    119: "IEEE802_11_PRISM", 122: "IP_OVER_FC", 123: "SUNATM", 127: "IEEE802_11_RADIOTAP",
    129: "ARCNET_LINUX", 138: "APPLE_IP_OVER_IEEE1394", 139: "MTP2_WITH_PHDR", 140: "MTP2",
    141: "MTP3", 142: "SCCP", 143: "DOCSIS", 144: "LINUX_IRDA", 163: "IEEE802_11_AVS",
    165: "BACNET_MS_TP", 166: "PPP_PPPD", 169: "GPRS_LLC", 177: "LINUX_LAPD",
    187: "BLUETOOTH_HCI_H4", 189: "USB_LINUX", 192: "PPI", 195: "IEEE802_15_4_WITHFCS",
    197: "ERF", 201: "BLUETOOTH_HCI_H4_WITH_PHDR", 202: "AX25_KISS", 203: "LAPD",
    209: "IPMB_LINUX", 220: "USB_LINUX_MMAPPED", 224: "FC_2", 226: "IPNET", 227: "CAN_SOCKETCAN",
    228: "IPV4", 229: "IPV6", 230: "IEEE802_15_4_NOFCS", 231: "DBUS", 239: "NFLOG",
    240: "NETANALYZER", 242: "IPOIB", 243: "MPEG_2_TS", 247: "INFINIBAND", 248: "SCTP",
    249: "USBPCAP", 251: "BLUETOOTH_LE_LL", 253: "NETLINK", 254: "BLUETOOTH_LINUX_MONITOR",
    256: "BLUETOOTH_LE_LL_WITH_PHDR", 258: "PKTAP", 265: "ISO_14443", 270: "LINUX_LAPD",
    271: "VSOCK", 272: "NORDIC_BLE", 275: "DPAUXMON", 276: "LINUX_SLL2", 278: "OPENVIZSLA",
    279: "EBHSCR", 288: "USB_2_0",
  ]
}
