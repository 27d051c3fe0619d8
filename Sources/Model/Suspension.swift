import VirtioSpec

/// How far a suspension of the device is; all marks are none while it simply runs.
///
/// The driver sets SUSPEND, the device answers by dropping DRIVER_OK; later the driver sets DRIVER_OK,
/// and the device answers by dropping SUSPEND. DEVICE_NEEDS_RESET ends it as well.
///
/// Spec: 3.4, Device Suspend
public struct Suspension: Sendable, BitwiseCopyable {
  /// The driver set SUSPEND.
  public var requested: RecordReference = .none
  /// The first read that showed the device suspended.
  public var suspended: RecordReference = .none
  /// The driver set DRIVER_OK on a suspended device.
  public var resumeRequested: RecordReference = .none
  /// The last suspension was over at this record.
  public var over: RecordReference = .none

  public init() {}

  /// Between the wish to suspend and the sight of the device running again.
  public var isActive: Bool { requested.isSet }

  /// The read that showed the device suspended, as long as the driver has not asked it to resume.
  public var standing: RecordReference { resumeRequested.isSet ? .none : suspended }

  mutating func apply(written status: DeviceStatus, at place: RecordReference) {
    if suspended.isSet {
      if status.contains(.driverOK), !resumeRequested.isSet { resumeRequested = place }
    } else if status.contains(.suspend), !requested.isSet {
      requested = place
    }
  }

  mutating func apply(read status: DeviceStatus, at place: RecordReference) {
    let isRunning = status.contains(.driverOK) && !status.contains(.suspend)
    if status.contains(.needsReset) || isRunning && resumeRequested.isSet {
      self = Suspension()
      over = place
    } else if status.contains(.suspend), !status.contains(.driverOK), !suspended.isSet {
      suspended = place
    }
  }
}
