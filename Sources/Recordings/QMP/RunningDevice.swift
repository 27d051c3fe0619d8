public import Model

/// A virtio device of a running QEMU, as QEMU tells it.
public struct RunningDevice: Sendable, Equatable {
  /// The PCI address, `0000:00:03.0`, or the path of QEMU's object where the device has none.
  public var id: String
  /// The virtio device type.
  public var type: UInt32
  /// The queues that the driver set up.
  public var queues: [Queue] = []
  /// The path of QEMU's object.
  var path: String

  /// A queue, with what QEMU knows of it.
  public struct Queue: Sendable, Equatable {
    public var index: Int32
    public var layout: QueueLayout
    /// Where the device stands, and how many chains (packed: slots) it took and did not give back;
    /// nil where another process works on the queue (vhost), of which QEMU does not know it.
    public var device: Place?

    public init(index: Int32, layout: QueueLayout, device: Place? = nil) {
      (self.index, self.layout, self.device) = (index, layout, device)
    }
  }

  /// Where QEMU's device stands in a queue.
  public struct Place: Sendable, Equatable {
    public var usedIndex: UInt32
    public var inUse: UInt32
  }
}
