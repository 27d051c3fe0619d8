/// Two recordings side by side.
public struct RunComparison: Sendable {
  public internal(set) var devices: [DeviceComparison]

  /// Compares what two analyses kept.
  ///
  /// - Parameters:
  ///   - named: ids of devices that belong together whatever they look like.
  ///   - isWanted: whether a device is compared, by its id in either recording.
  public init(
    good: ComparedRun, bad: ComparedRun, named: [(good: String, bad: String)] = [],
    isWanted: (String) -> Bool = { _ in true }
  ) {
    devices = DevicePairing.pair(good.devices, bad.devices, named: named).compactMap { pair in
      let mine = pair.good.map { good.devices[$0] }
      let theirs = pair.bad.map { bad.devices[$0] }
      guard mine.map({ isWanted($0.id) }) ?? false || theirs.map({ isWanted($0.id) }) ?? false
      else { return nil }
      guard let mine, let theirs else { return DeviceComparison(mine, theirs, pair.reason) }
      return DeviceComparison(mine, theirs, pair.reason, good, bad)
    }
  }

  /// Whether the recordings are the same as far as that can be told.
  public var isSame: Bool { devices.allSatisfy(\.isSame) }
}
