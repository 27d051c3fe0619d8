import Model

/// PROMISC and ALLMULTI need CTRL_RX.
///
/// Spec: 5.1.6.5.1
struct NetCtrlRxNeedsCtrlRx: NetCommandFeature {
  static let id = "net.ctrl-rx.needs-ctrl-rx"
  static let bit = 18
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(0, 0...1)
  }
}

/// ALLUNI, NOMULTI, NOUNI and NOBCAST need CTRL_RX_EXTRA.
///
/// Spec: 5.1.6.5.1
struct NetCtrlRxNeedsExtra: NetCommandFeature {
  static let id = "net.ctrl-rx.needs-extra"
  static let bit = 20
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(0, 2...5)
  }
}

/// Commands about MAC addresses need CTRL_RX.
///
/// Trap: MAC_ADDR_SET has a feature of its own, CTRL_MAC_ADDR, and drivers that accept it send the
/// command without CTRL_RX.
///
/// Spec: 5.1.6.5.2
struct NetMacNeedsCtrlRx: NetCommandFeature {
  static let id = "net.mac.needs-ctrl-rx"
  static let bit = 18
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.group == 1 && !(command.command == 1 && !session.hasNotNegotiated(23))
  }
}

/// RSS_CONFIG needs RSS.
///
/// Spec: 5.1.6.5.6
struct NetRSSNeedsFeature: NetCommandFeature {
  static let id = "net.rss.needs-feature"
  static let bit = 60
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(4, 1...1)
  }
}

/// TX_SET and RX_SET need NOTF_COAL.
///
/// Spec: 5.1.6.5.9
struct NetCoalNeedsNotfCoal: NetCommandFeature {
  static let id = "net.coal.needs-notf-coal"
  static let bit = 53
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(6, 0...1)
  }
}

/// VQ_SET and VQ_GET need VQ_NOTF_COAL.
///
/// Spec: 5.1.6.5.9
struct NetCoalNeedsVqNotfCoal: NetCommandFeature {
  static let id = "net.coal.needs-vq-notf-coal"
  static let bit = 52
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(6, 2...3)
  }
}

/// HASH_TUNNEL_SET needs HASH_TUNNEL.
///
/// Spec: 5.1.6.4.4
struct NetHashTunnelNeedsFeature: NetCommandFeature {
  static let id = "net.hashtunnel.needs-feature"
  static let bit = 51
  var tally = Tally()

  static func needsFeature(_ command: NetControlCommand, _ session: Session) -> Bool {
    command.isClass(7, 0...0)
  }
}
