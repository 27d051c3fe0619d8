import Model
import VirtioSpec

/// Questions about features that several rules ask.
extension Session {
  /// Whether `step` makes the features final that the driver wrote through the modern interface:
  /// FEATURES_OK, or DRIVER_OK of a driver that leaves FEATURES_OK out.
  func commitsFeatures(_ step: Transaction) -> Bool {
    guard isModern, step.kind == .writeStatus, step.hasValue else { return false }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    guard !written.contains(.failed), !writtenStatus.contains(.featuresOK) else { return false }
    return written.contains(.featuresOK)
      || (written.contains(.driverOK) && !writtenStatus.contains(.driverOK))
  }

  /// What `step` accepts for good, nil when it is no such step.
  ///
  /// Through the legacy interface there is no FEATURES_OK: what a driver writes takes effect, one
  /// word at a time. Through the modern one only the last form of each word counts.
  func acceptance(_ step: Transaction) -> FeatureSet? {
    guard step.kind == .writeDriverFeatures else { return commitsFeatures(step) ? accepted : nil }
    guard step.interface == .legacy, step.hasValue, step.isAccepted else { return nil }
    var result = FeatureSet()
    result.update(word: step.index, value: step.value, mask: step.mask)
    return result
  }

  /// The record that accepted `bit`: the last write of its word, or `step` where that is the write.
  func placeOfAcceptance(_ bit: Int, _ step: Transaction) -> RecordReference {
    guard step.kind != .writeDriverFeatures else { return step.reference }
    let word = bit / 32
    let place = word < 4 ? featureWrites[word] : marks.lastFeatureWrite
    return place.isSet ? place : step.reference
  }

  /// The record that last showed whether `bit` is offered.
  func placeOfOffer(_ bit: Int) -> RecordReference {
    bit / 32 < 4 ? featureReads[bit / 32] : .none
  }

  /// The device's offer of the word of `bit`, as evidence.
  func offerEvidence(_ bit: Int) -> Evidence {
    let word = bit / 32
    return Evidence(
      placeOfOffer(bit), "device offers \(hex(offered.word(word), digits: 8)) in word \(word)")
  }

  /// The status write that made the accepted features final, as evidence.
  func commitEvidence(_ step: Transaction) -> Evidence {
    guard step.kind == .writeStatus else { return Evidence(.none, "") }
    let written = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: step.value))
    return Evidence(
      step.reference, "driver writes status \(hex(written)) (\(written.describing)) with this set")
  }

  /// A feature as messages name it: `VIRTIO_BLK_F_SIZE_MAX (bit 1)`, or `bit 47`.
  func featureName(_ bit: Int) -> String {
    let type = profile.type ?? DeviceType(rawValue: 0)
    let name = FeatureCatalogue.name(bit, of: type, legacy: isLegacy)
    return name == "bit \(bit)" ? name : "\(name) (bit \(bit))"
  }

  /// Several features, joined; the first few where there are many.
  func featureNames(_ bits: [Int], joined separator: String = ", ") -> String {
    var names: [String] = []
    for bit in bits.prefix(6) { names.append(featureName(bit)) }
    let rest = bits.count - names.count
    return names.joined(separator: separator) + (rest > 0 ? " and \(rest) more" : "")
  }

  /// What the catalogue says of `bit` for this device.
  func standing(_ bit: Int) -> FeatureStanding {
    let spec = profile.spec
    if let type = profile.type,
      let known = FeatureCatalogue.feature(bit, of: type, legacy: isLegacy, in: spec)
    {
      return known.legacyOnly && !(type == .net && (41...42).contains(bit)) ? .legacyOnly : .known
    }
    guard FeatureCatalogue.isDeviceSpecific(bit, in: spec) else {
      if FeatureCatalogue.isReserved(bit, legacy: true, in: spec) { return .reserved }
      return FeatureCatalogue.isReserved(bit, legacy: false, in: spec) ? .legacyOnly : .known
    }
    guard let type = profile.type, type.isSpecified(in: spec) else { return .typeUnknown }
    return .foreignToType
  }

  /// The device has no legacy interface, by what its transport says of it.
  var isNonTransitional: Bool {
    switch profile.transport {
    case .pci: (0x1040...0x107f).contains(profile.pciDeviceID)
    case .mmio: profile.mmioVersion == 2
    case .ccw: false
    }
  }

  /// The legacy interface is in use by what the transport says, and not for lack of a better guess:
  /// below a revision that might have been agreed before the recording nothing is certain.
  var isCertainlyLegacy: Bool {
    guard isLegacy else { return false }
    return profile.transport != .ccw || revision == 0 || subchannelEnabledAt.isSet
  }
}

/// What a feature bit is for a device, by the version that is judged by.
enum FeatureStanding {
  /// Described, for this type or for all.
  case known
  /// Described for the legacy interface alone.
  case legacyOnly
  /// Reserved for extensions, and without a meaning.
  case reserved
  /// In the range of the device types, and without a meaning for this one.
  case foreignToType
  /// In the range of the device types, and the type is not known or not specified.
  case typeUnknown
}
