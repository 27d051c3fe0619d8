import Model
import VirtioSpec

/// How long the parts of a command are by the specification.
///
/// Spec: 2.12.1
extension AdminOpcode {
  /// Bytes of data that the command has at least; nil where the specification does not define it.
  var dataLength: UInt64? {
    switch self {
    case .listQuery, .legacyNotifyInfo, .capabilityList: 0
    case .legacyCommonRead, .legacyDeviceRead, .modeSet: 1
    case .listUse, .deviceCapabilityGet, .driverCapabilitySet, .objectDestroy, .partsSet: 8
    case .legacyCommonWrite, .legacyDeviceWrite: 9
    case .objectCreate, .objectModify, .objectQuery, .partsMetadataGet, .partsGet: 16
    default: nil
    }
  }

  /// Bytes of a result that the command has at least, when it succeeds.
  var resultLength: UInt64 {
    switch self {
    case .listQuery, .capabilityList, .partsMetadataGet: 8
    case .legacyCommonRead, .legacyDeviceRead: 1
    case .legacyNotifyInfo: 64
    default: 0
    }
  }

  /// The command has no result of its own, only a status.
  var hasNoResult: Bool {
    switch self {
    case .listUse, .legacyCommonWrite, .legacyDeviceWrite, .driverCapabilitySet, .objectCreate,
      .objectDestroy, .partsSet, .modeSet:
      true
    default: false
    }
  }
}
