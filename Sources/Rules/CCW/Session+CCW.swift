import Model
import VirtioSpec

extension Session {
  /// No revision of virtio-ccw is in force, and the recording shows that: the subchannel was enabled,
  /// and none was agreed since.
  var hasNoRevision: Bool { revision == -1 && subchannelEnabledAt.isSet }

  /// A virtio-ccw driver acts by the legacy rules for certain: revision 0, or none agreed.
  var isLegacyCCW: Bool { revision == 0 || hasNoRevision }
}

extension Transaction {
  /// A channel command of virtio-ccw as messages name it.
  var command: String {
    switch kind {
    case .readStatus: "READ_STATUS"
    case .writeStatus: "WRITE_STATUS"
    case .reset: "VDEV_RESET"
    case .readDeviceFeatures: "READ_FEAT"
    case .writeDriverFeatures: "WRITE_FEAT"
    case .readQueueSize: "READ_VQ_CONF"
    case .writeQueueSize, .writeQueueAlign, .writeQueueAddress, .writeQueueEnable: "SET_VQ"
    case .setIndicators: "SET_IND"
    case .setConfigIndicators: "SET_CONF_IND"
    case .setAdapterIndicators: "SET_IND_ADAPTER"
    case .readConfig: "READ_CONF"
    case .writeConfig: "WRITE_CONF"
    case .setRevision: "SET_VIRTIO_REV"
    default: "a command"
    }
  }

  /// The step that stands for its command where a command gives several.
  var isWholeCommand: Bool {
    switch kind {
    case .writeQueueSize, .writeQueueAlign, .writeQueueAddress: false
    default: isChannelCommand
    }
  }

  /// Bytes that the data of a command of fixed length has; nil where the length varies.
  func dataLength(isLegacy: Bool) -> Int? {
    switch kind {
    case .readStatus, .writeStatus: 1
    case .readDeviceFeatures, .writeDriverFeatures: 5
    case .readQueueSize: 4
    case .writeQueueEnable: isLegacy ? 16 : 32
    case .setIndicators, .setConfigIndicators: 8
    case .setAdapterIndicators: 25
    default: nil
    }
  }
}
