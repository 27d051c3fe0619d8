/// The ids of a device's shared memory regions, each a byte.
public struct SharedMemoryIDs: Sendable, BitwiseCopyable, Equatable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0

  public init() {}

  /// No region was met.
  public var isEmpty: Bool { first | second | third | fourth == 0 }

  public func contains(_ id: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(id & 63)
    switch id >> 6 {
    case 0: return first & bit != 0
    case 1: return second & bit != 0
    case 2: return third & bit != 0
    default: return fourth & bit != 0
    }
  }

  public mutating func insert(_ id: UInt8) {
    let bit = UInt64(1) << UInt64(id & 63)
    switch id >> 6 {
    case 0: first |= bit
    case 1: second |= bit
    case 2: third |= bit
    default: fourth |= bit
    }
  }

  /// The lowest id of a region that `isMeant` names, nil when there is none.
  public func first(where isMeant: (UInt8) -> Bool) -> UInt8? {
    for id in UInt8.min...UInt8.max where contains(id) && isMeant(id) { return id }
    return nil
  }
}
