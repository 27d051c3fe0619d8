import Model

extension Mutation {
  /// Faults of requests to a block device.
  ///
  /// Spec: 5.2.6
  static let blockRequests: [Mutation] = [
    Mutation("blk.req.len-multiple-512", "asks for a part of a sector") { life in
      life.blockData { step, data in [life.patch(data.place, 8, data.length - 1, 4, step.queue)] }
    }.entails("split.used.len-covered", because: "the device wrote whole sectors"),
    Mutation("blk.req.direction", "gives data the wrong way") { life in
      life.faults(life.requests("requestq")) { step in
        // A read becomes a write, whose data would be for the device to read, or the reverse.
        guard let type = life.number(step, at: 0, 4), type < 2 else { return nil }
        return life.set(step, [(0, 4, 1 - type)])
      }
    },
    Mutation("blk.req.flush-no-data", "flushes with data") { life in
      life.transfers { life.set($0, [(0, 4, 4), (8, 8, 0)]) }
    },
    Mutation("blk.req.flush-sector-zero", "flushes a sector") { life in
      life.transfers { life.set($0, [(0, 4, 4), (8, 8, 8)]) }
    }.entails("blk.req.flush-no-data", because: "the data of the request stay"),
    Mutation("blk.req.get-id-len", "asks for a name of many bytes") { life in
      life.transfers { life.set($0, [(0, 4, 8), (8, 8, 0)]) }
    },
    Mutation("blk.req.sector-zero-unused", "asks for the name of a sector") { life in
      life.transfers { life.set($0, [(0, 4, 8), (8, 8, 8)]) }
    }.entails("blk.req.get-id-len", because: "the data of the request stay"),
    Mutation("blk.req.dwz-len", "discards by half a segment") { life in
      life.blockData { step, data in
        guard data.flags & 2 == 0, let edits = life.set(step, [(0, 4, 11), (8, 8, 0)]) else {
          return nil
        }
        return edits + [life.patch(data.place, 8, data.length - 8, 4, step.queue)]
      }
    },
  ]

  /// Faults of the buffers, packets and commands of a network device.
  ///
  /// Spec: 5.1.6
  static let netRequests: [Mutation] = [
    Mutation("net.rx.buf-size-plain", "gives too little room for a packet") { life in
      let bits = [15, 7, 8, 10, 54, 55]
      guard bits.allSatisfy({ !life.session.accepted.contains($0) }) else { return [] }
      return life.netBuffers { step, buffer in
        [life.patch(buffer.place, 8, 1500, 4, step.queue)]
      }
    },
    Mutation("net.rx.buf-min-hdr", "gives too little room for a header") { life in
      guard life.session.accepted.contains(15) else { return [] }
      return life.netBuffers { step, buffer in [life.patch(buffer.place, 8, 8, 4, step.queue)] }
    }.entails("split.used.len-covered", because: "the device delivers a packet there"),
    Mutation("net.rx.num-buffers-mrg", "delivers a packet in no buffer") { life in
      guard life.session.accepted.contains(15) else { return [] }
      return life.faults(life.answers("receiveq")) { life.set($0, [(10, 2, 0)]) }
    },
    .header("net.rx.no-guest-csum-flags", "sets a flag without GUEST_CSUM", lacking: [1]) {
      $0.set($1, [(0, 1, 1)])
    },
    .header("net.rx.gso-tcpv4", "delivers a large packet of TCPv4", lacking: [7]) {
      $0.set($1, [(1, 1, 1)])
    },
    .header("net.rx.gso-tcpv6", "delivers a large packet of TCPv6", lacking: [8]) {
      $0.set($1, [(1, 1, 4)])
    },
    .header("net.rx.gso-udp", "delivers a large packet of UDP", lacking: [10]) {
      $0.set($1, [(1, 1, 3)])
    },
    .header("net.tx.num-buffers-zero", "sends a packet of one buffer", isSent: true) {
      $0.session.netHeaderLength >= 12 ? $0.set($1, [(10, 2, 1)]) : nil
    },
    .header("net.tx.no-csum-flags-zero", "sets a flag without CSUM", isSent: true, lacking: [0]) {
      $0.set($1, [(0, 1, 1)])
    },
    .header("net.tx.no-data-valid", "says that data are valid", isSent: true) {
      $0.set($1, [(0, 1, 2)])
    },
    .header("net.tx.gso-tcpv4-needs-tso4", "sends large TCPv4", isSent: true, lacking: [11]) {
      $0.set($1, [(0, 1, 1), (1, 1, 1), (4, 2, 1400)])
    }.entails("net.tx.no-csum-flags-zero", because: "what is cut needs a checksum"),
    .header("net.tx.gso-tcpv6-needs-tso6", "sends large TCPv6", isSent: true, lacking: [12]) {
      $0.set($1, [(0, 1, 1), (1, 1, 4), (4, 2, 1400)])
    }.entails("net.tx.no-csum-flags-zero", because: "what is cut needs a checksum"),
    .header("net.tx.gso-udp-needs-ufo", "sends large UDP", isSent: true, lacking: [14]) {
      $0.set($1, [(0, 1, 1), (1, 1, 3), (4, 2, 1400)])
    }.entails("net.tx.no-csum-flags-zero", because: "what is cut needs a checksum"),
    .header(
      "net.tx.gso-none-without-features", "sends a packet of unknown segmentation", isSent: true,
      lacking: [11, 12, 14, 56]
    ) { $0.set($1, [(0, 1, 1), (1, 1, 5), (4, 2, 1400)]) }
    .entails("net.tx.no-csum-flags-zero", because: "what is cut needs a checksum"),
    .header("net.tx.gso-needs-csum", "has a packet cut without a checksum", isSent: true) {
      $0.set($1, [(0, 1, 0), (1, 1, 1), (4, 2, 1400)])
    }.entails(
      "net.tx.gso-tcpv4-needs-tso4", "net.tx.gso-none-without-features",
      because: "the features may be missing too"),
    .header("net.tx.gso-size-set", "has a packet cut into pieces of no length", isSent: true) {
      $0.set($1, [(0, 1, 1), (1, 1, 1), (4, 2, 0)])
    }.entails(
      "net.tx.gso-tcpv4-needs-tso4", "net.tx.no-csum-flags-zero",
      "net.tx.gso-none-without-features", because: "the features may be missing too"),
    .command("net.ctrl-rx.needs-extra", "sends ALLUNI", 0, 2, needs: 20),
    .command("net.coal.needs-notf-coal", "sends TX_SET", 6, 0, needs: 53),
    .command("net.coal.needs-vq-notf-coal", "sends VQ_SET", 6, 2, needs: 52),
    .command("net.hashtunnel.needs-feature", "sends HASH_TUNNEL_SET", 7, 0, needs: 51),
    .command("net.rss.needs-feature", "sends RSS_CONFIG", 4, 1, needs: 60),
    Mutation("net.offloads.data-len", "sends GUEST_OFFLOADS_SET with a byte of data") { life in
      life.switches { step, _ in life.set(step, [(0, 1, 5), (1, 1, 0)]) }
    },
    Mutation("net.ctrl.shape", "sends a command with too many data") { life in
      life.switches { step, data in [life.patch(data.place, 8, 2, 4, step.queue)] }
    },
    Mutation("net.ctrl-rx.needs-ctrl-rx", "sends PROMISC without CTRL_RX") { life in
      life.withoutControlRx { $0.group == 0 && $0.command < 2 }
    }.entails(
      "net.mac.needs-ctrl-rx", "net.ctrl-rx.needs-extra", because: "other commands need it as well"),
    Mutation("net.mac.needs-ctrl-rx", "sends MAC_TABLE_SET without CTRL_RX") { life in
      life.withoutControlRx { $0.group == 1 && $0.command == 0 }
    }.entails("net.ctrl-rx.needs-ctrl-rx", because: "other commands need it as well"),
    Mutation("net.mac.table-format", "sends a table of more addresses than there are") { life in
      life.faults(life.requests("controlq")) { step in
        guard life.number(step, at: 0, 1) == 1, life.number(step, at: 1, 1) == 0 else { return nil }
        return life.set(step, [(2, 4, 9)])
      }
    },
    Mutation("net.tx.hdr-size-same-as-rx", "sends a header of another length") { life in
      guard life.type == "net" else { return [] }
      return life.faults(life.requests("transmitq")) { life.shortenedHeader($0) }
    },
    Mutation("net.ctrl.ack-value", "answers a command with 7") { life in
      life.faults(life.answers("controlq")) { life.set($0, [(0, 1, 7)]) }
    },
  ]

  /// A fault in the header of packets, where none of some features was accepted.
  private static func header(
    _ rule: String, _ fault: String, isSent: Bool = false, lacking bits: [Int] = [],
    _ edits: @escaping @Sendable (Life, Life.Step) -> [Fault.Edit]?
  ) -> Mutation {
    Mutation(rule, fault) { life in
      guard life.type == "net", bits.allSatisfy({ !life.session.accepted.contains($0) }) else {
        return []
      }
      let packets = isSent ? life.requests("transmitq") : life.answers("receiveq")
      return life.faults(packets) { edits(life, $0) }
    }
  }

  /// Another command in the place of one.
  private static func command(
    _ rule: String, _ fault: String, _ group: UInt64, _ command: UInt64, needs bit: Int?
  ) -> Mutation {
    Mutation(rule, fault) { life in
      if let bit, life.session.accepted.contains(bit) { return [] }
      return life.faults(life.requests("controlq")) {
        life.set($0, [(0, 1, group), (1, 1, command)])
      }
    }.entails("net.ctrl.shape", because: "the data of the command stay")
  }
}

extension Life {
  /// A fault for each read or write of a block device.
  fileprivate func transfers(_ edits: (Step) -> [Fault.Edit]?) -> [Fault] {
    guard type == "blk" else { return [] }
    return faults(requests("requestq")) { step in
      number(step, at: 0, 4).map { $0 < 2 } == true ? edits(step) : nil
    }
  }

  /// A fault for each buffer of data of a read or write.
  fileprivate func blockData(_ edits: (Step, Descriptor) -> [Fault.Edit]?) -> [Fault] {
    transfers { step in
      let isRead = number(step, at: 0, 4) == 0
      let data = buffers(step, writable: isRead).first { $0.length >= 512 }
      return data.flatMap { edits(step, $0) }
    }
  }

  /// A fault for each buffer of a network device for packets to come in.
  fileprivate func netBuffers(_ edits: (Step, Descriptor) -> [Fault.Edit]?) -> [Fault] {
    guard type == "net" else { return [] }
    return faults(all(.bufferAvailable).filter { $0.queue == 0 }) { step in
      let all = buffers(step, writable: true)
      return all.count == 1 ? edits(step, all[0]) : nil
    }
  }

  /// A fault for each command with one byte of data, which switches something on or off.
  fileprivate func switches(_ edits: (Step, Descriptor) -> [Fault.Edit]?) -> [Fault] {
    faults(requests("controlq")) { step in
      guard number(step, at: 0, 1) == 0, let last = buffers(step, writable: false).last,
        last.length == 1
      else { return nil }
      return edits(step, last)
    }
  }

  /// The driver leaves CTRL_RX out, where it sends such a command.
  fileprivate func withoutControlRx(_ isWanted: ((group: UInt64, command: UInt64)) -> Bool)
    -> [Fault]
  {
    guard session.accepted.contains(18) else { return [] }
    let sent = requests("controlq").first { step in
      guard let group = number(step, at: 0, 1), let command = number(step, at: 1, 1) else {
        return false
      }
      return isWanted((group, command))
    }
    return fault(sent) { _ in accepting(18, false) }
  }

  /// The frame of a packet begins two bytes before it should.
  fileprivate func shortenedHeader(_ step: Step) -> [Fault.Edit]? {
    guard session.netHeaderLength == 12, let place = place(step, at: 0, 12) else { return nil }
    var bytes = recording.bytes(at: place.access)
    guard let buffer = buffers(step, writable: false).first, buffer.length > 12,
      place.offset + Int(buffer.length) <= bytes.count
    else { return nil }
    bytes.removeSubrange((place.offset + 10)..<(place.offset + 12))
    bytes.insert(contentsOf: [0, 0], at: place.offset + Int(buffer.length) - 2)
    return [.replace(place.access, recording.accesses[place.access], bytes)]
  }
}
