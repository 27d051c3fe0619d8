/// Types of requests and responses of a GPU device, as far as they are decoded.
///
/// Spec: 5.7.6.7, Device Operation: Request header
public enum GPUControlType: UInt32, Sendable, CaseIterable {
  /// VIRTIO_GPU_CMD_RESOURCE_ASSIGN_UUID
  case assignUUID = 0x010b
  /// VIRTIO_GPU_RESP_OK_RESOURCE_UUID
  case okUUID = 0x1105
}
