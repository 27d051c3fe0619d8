/// Where the parts of a virtqueue lie in guest memory, and how to read them.
///
/// Spec: 2.7 and 2.8; 2.7.2 for the legacy layout.
public struct QueueLayout: Sendable, BitwiseCopyable, Equatable {
  /// Entries; 1 to 32768, a power of two for split.
  public var size: UInt32
  /// Guest-physical addresses of descriptor, driver (available) and device (used) area.
  public var descriptors: UInt64
  public var driverArea: UInt64
  public var deviceArea: UInt64
  /// The packed format; else split.
  public var isPacked = false
  /// The fields are big-endian: a legacy driver of a big-endian guest.
  public var isBigEndian = false
  /// EVENT_IDX was negotiated.
  public var hasEventIndex = false
  /// IN_ORDER was negotiated.
  public var isInOrder = false
  /// INDIRECT_DESC was negotiated, or it is not known whether.
  public var allowsIndirect = true
  /// ACCESS_PLATFORM was accepted, so that the addresses may be those of an IOMMU, and nothing tells
  /// that they are not.
  public var mayBeTranslated = false

  public init(size: UInt32, descriptors: UInt64, driverArea: UInt64, deviceArea: UInt64) {
    self.size = size
    self.descriptors = descriptors
    self.driverArea = driverArea
    self.deviceArea = deviceArea
  }

  /// The layout of a legacy queue, which lies in one piece: the used ring begins at the next
  /// multiple of `alignment` (0: 4096) behind the available ring. Addresses that wrap stay wrapped,
  /// and `check` tells.
  public static func legacy(address: UInt64, size: UInt32, alignment: UInt32) -> QueueLayout {
    let align = UInt64(alignment == 0 ? 4096 : alignment)
    let available = address &+ 16 &* UInt64(size)
    let end = available &+ 6 &+ 2 &* UInt64(size)
    let (rest, used) = (end % align, end)
    return QueueLayout(
      size: size, descriptors: address, driverArea: available,
      deviceArea: rest == 0 ? used : used &+ (align &- rest))
  }

  /// The three areas, each with its address, alignment and bytes.
  var areas: [(place: RingFault.Place, address: UInt64, alignment: UInt64, count: UInt64)] {
    let count = UInt64(size)
    return [
      (.descriptorArea, descriptors, 16, 16 &* count),
      (.driverArea, driverArea, isPacked ? 4 : 2, isPacked ? 4 : 6 &+ 2 &* count),
      (.deviceArea, deviceArea, 4, isPacked ? 4 : 6 &+ 8 &* count),
    ]
  }

  /// Calls `fault` for everything that is wrong with the layout itself; false when nothing can be
  /// read by it.
  public func check(_ fault: (RingFault) -> Void) -> Bool {
    guard 1...32768 ~= size else {
      fault(RingFault(.sizeNotPossible, at: .queue, value: UInt64(size)))
      return false
    }
    if !isPacked, size & (size &- 1) != 0 {
      fault(RingFault(.sizeNotPowerOfTwo, at: .queue, value: UInt64(size)))
    }
    var isReadable = true
    for (place, address, alignment, length) in areas {
      if address % alignment != 0 { fault(RingFault(.misaligned, at: place, value: address)) }
      if address.addingReportingOverflow(length &- 1).overflow {
        fault(RingFault(.addressWraps, at: place, value: address))
        isReadable = false
      }
    }
    return isReadable
  }
}
