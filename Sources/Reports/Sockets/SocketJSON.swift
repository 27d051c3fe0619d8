public import Model

extension JSONWriter {
  /// A connection of sockets.
  mutating func connection(_ connection: SocketConnection, _ number: Int) {
    field("input", number)
    field("socketType", connection.typeName)
    field("state", connection.state.rawValue)
    field("firstRecord", connection.firstRecord.record)
    field("lastRecord", connection.lastRecord.record)
    field("ends", [connection.first, connection.second]) { writer, end in
      writer.address(end.address)
      writer.field("packets", end.packets)
      writer.field("bytes", end.bytes)
      writer.number("bufAlloc", end.bufferSpace)
      writer.number("fwdCnt", end.forwardedCount)
      writer.number("room", connection.room(for: end.address))
      writer.field("sendsNoMore", end.sendsNoMore)
      writer.field("receivesNoMore", end.receivesNoMore)
      writer.field("overruns", end.overruns)
      writer.number("firstOverrun", end.overruns > 0 ? end.firstOverrun.record : nil)
    }
  }

  mutating func address(_ address: SocketAddress) {
    field("cid", hexadecimal(address.cid))
    field("port", address.port)
  }
}

extension JSONLines {
  /// The line for a packet between sockets.
  public func socketPacket(_ step: SocketTable.Step) -> String {
    let packet = step.packet
    var writer = JSONWriter(indent: nil)
    writer.object { writer in
      writer.field("type", "socketPacket")
      writer.field("record", packet.reference.record)
      writer.field("time", seconds(packet.reference.time))
      writer.key("source")
      writer.object { $0.address(packet.source) }
      writer.key("destination")
      writer.object { $0.address(packet.destination) }
      writer.field("event", packet.eventName)
      writer.field("payload", packet.payloadCount)
      guard packet.hasHeader else { return }
      writer.field("operation", packet.operation.description)
      writer.field("socketType", packet.typeName)
      writer.field("length", packet.length)
      writer.field("flags", packet.flagNames)
      writer.field("bufAlloc", packet.bufferSpace)
      writer.field("fwdCnt", packet.forwardedCount)
      writer.number("room", step.room)
    }
    return writer.text + "\n"
  }

  /// The line for a connection, as it stands at the end.
  public func connection(_ connection: SocketConnection) -> String {
    var writer = JSONWriter(indent: nil)
    writer.object { writer in
      writer.field("type", "connection")
      writer.connection(connection, 0)
    }
    return writer.text + "\n"
  }
}
