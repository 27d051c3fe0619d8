import VirtioSpec

extension DeviceHint {
  /// The hint as JSON, as the encapsulation carries it.
  public var json: String {
    var members: [String] = ["\"transport\":\"\(transport.name)\""]
    func add(_ name: String, _ value: String?) {
      if let value { members.append("\"\(name)\":\(value)") }
    }
    add("id", id.map(Self.quoted))
    add("deviceID", deviceID.map { "\($0)" })
    add("base", base.map(Self.hex))
    add("size", size.map(Self.hex))
    if !bars.isEmpty { add("bars", "[" + bars.map(\.json).joined(separator: ",") + "]") }
    if !capabilities.isEmpty {
      add("capabilities", "[" + capabilities.map(\.json).joined(separator: ",") + "]")
    }
    add("version", version.map { "\($0)" })
    add("addInCard", isAddInCard.map { "\($0)" })
    add("translated", isTranslated.map { "\($0)" })
    add("subchannel", subchannel.map(Self.hex))
    add("devno", devno.map { "\($0)" })
    if !queues.isEmpty {
      let texts = queues.prefix(Self.queueLimit).map(\.json)
      add("queues", "[" + texts.joined(separator: ",") + "]")
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  static func hex(_ value: UInt64) -> String { "\"0x\(String(value, radix: 16))\"" }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ToldQueue {
  fileprivate var json: String {
    var text = "{\"index\":\(index),\"size\":\(layout.size)"
    for (name, value) in [
      ("descriptors", layout.descriptors), ("driver", layout.driverArea),
      ("device", layout.deviceArea),
    ] { text += ",\"\(name)\":\(DeviceHint.hex(value))" }
    for (name, isSo) in [
      ("packed", layout.isPacked), ("eventIndex", layout.hasEventIndex),
      ("inOrder", layout.isInOrder), ("translated", layout.mayBeTranslated),
      ("bigEndian", layout.isBigEndian),
    ] where isSo { text += ",\"\(name)\":true" }
    if !layout.allowsIndirect { text += ",\"indirect\":false" }
    return text + "}"
  }
}

extension DeviceHint.BAR {
  fileprivate var json: String {
    "{\"index\":\(index),\"address\":\(DeviceHint.hex(address)),\"size\":\(DeviceHint.hex(size)),"
      + "\"io\":\(isIO)}"
  }
}

extension DeviceHint.Capability {
  fileprivate var json: String {
    "{\"type\":\(DeviceHint.quoted(type)),\"bar\":\(bar),\"offset\":\(DeviceHint.hex(offset)),"
      + "\"length\":\(DeviceHint.hex(length))"
      + (multiplier.map { ",\"multiplier\":\($0)" } ?? "") + "}"
  }
}
