import Model
import VirtioSpec

/// A number in a capability that limits something.
///
/// Spec: 2.12.1.4.1, 5.1.6.5.7.1 and 5.9.7.10.1
struct CapabilityLimit {
  var name: String
  var offset: Int
  var width: Int
  /// The type of the resource objects that it limits, where it limits those.
  var object: UInt16?
  /// Of objects of device parts: 0 those to take parts, 1 those to set them.
  var kind: UInt8?

  init(_ name: String, _ offset: Int, _ width: Int, object: UInt16? = nil, kind: UInt8? = nil) {
    self.name = name
    self.offset = offset
    self.width = width
    self.object = object
    self.kind = kind
  }

  /// The number in `data`; nil where an older side left the field out.
  func value(in data: [UInt8]) -> UInt64? {
    guard offset + width <= data.count else { return nil }
    return data[offset..<(offset + width)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The limits in capability `id` of a device of `type`; empty for one that is not known, or has
  /// none.
  static func all(_ id: UInt16, of type: DeviceType?) -> [CapabilityLimit] {
    switch (id, type) {
    case (0, _):
      [
        CapabilityLimit("get_parts_resource_objects_limit", 0, 1, object: 0, kind: 0),
        CapabilityLimit("set_parts_resource_objects_limit", 1, 1, object: 0, kind: 1),
      ]
    case (0x800, DeviceType.net):
      [
        CapabilityLimit("groups_limit", 0, 4, object: 0x200),
        CapabilityLimit("classifiers_limit", 4, 4, object: 0x201),
        CapabilityLimit("rules_limit", 8, 4, object: 0x202),
        CapabilityLimit("rules_per_group_limit", 12, 4),
        CapabilityLimit("last_rule_priority", 16, 1),
        CapabilityLimit("selectors_per_classifier_limit", 17, 1),
      ]
    case (0x803, DeviceType.net): associations(inbound: 0x204, outbound: 0x203)
    case (0x800, DeviceType.crypto): associations(inbound: 0x201, outbound: 0x200)
    default: []
    }
  }

  private static func associations(inbound: UInt16, outbound: UInt16) -> [CapabilityLimit] {
    [
      CapabilityLimit("inb_sa_limit", 0, 4, object: inbound),
      CapabilityLimit("outb_sa_limit", 4, 4, object: outbound),
    ]
  }

  /// The capability that limits objects of `object`, on a device of `type`; nil where none is known.
  static func capability(of object: UInt16, on type: DeviceType?) -> UInt16? {
    [0, 0x800, 0x803].first { id in
      all(id, of: type).contains { $0.object == object }
    }
  }

  /// The limit for the object that `command` creates; nil where none is known.
  static func limit(of command: AdminCommand, on type: DeviceType?) -> CapabilityLimit? {
    guard let name = command.object, let id = capability(of: name.type, on: type) else {
      return nil
    }
    let kind = command.objectData?.first
    return all(id, of: type).first {
      $0.object == name.type && ($0.kind == nil || $0.kind == kind)
    }
  }
}

/// What a capability lists: selectors of flow filters with their masks, or actions.
///
/// Spec: 5.1.6.5.7.1
struct CapabilityEntry: Equatable {
  /// The type of a selector, or the action.
  var type: UInt8
  var flags: UInt8 = 0
  var mask: [UInt8] = []

  /// Every bit of the entry is in `other`.
  func isWithin(_ other: CapabilityEntry) -> Bool {
    flags & ~other.flags == 0 && mask.count <= other.mask.count
      && zip(mask, other.mask).allSatisfy { $0 & ~$1 == 0 }
  }

  /// The entries in capability `id` of a device of `type`; nil for one that has none, or where they
  /// end early.
  static func all(_ id: UInt16, of type: DeviceType?, in data: [UInt8]) -> [CapabilityEntry]? {
    guard type == .net, let count = data.first else { return nil }
    var rest = data.dropFirst(8)
    var result: [CapabilityEntry] = []
    for _ in 0..<count {
      switch id {
      case 0x801:
        guard rest.count >= 8 else { return nil }
        let header = Array(rest.prefix(8))
        rest = rest.dropFirst(8)
        guard rest.count >= Int(header[4]) else { return nil }
        let mask = Array(rest.prefix(Int(header[4])))
        rest = rest.dropFirst(mask.count)
        result.append(CapabilityEntry(type: header[0], flags: header[1], mask: mask))
      case 0x802:
        guard let action = rest.first else { return nil }
        rest = rest.dropFirst()
        result.append(CapabilityEntry(type: action))
      default: return nil
      }
    }
    return result
  }
}
