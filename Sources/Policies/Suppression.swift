/// A finding that somebody looked at and accepts, with the reason.
public struct Suppression: Sendable {
  public var rule: RulePattern
  /// Nil for every device.
  public var device: DeviceSelector?
  /// The name of a driver of the policy; nil for every one.
  public var driver: String?
  public var reason: String
  /// The last day on which it counts.
  public var expires: CalendarDate?
  /// Where it stands in the policy's file.
  public var line: Int

  public init(
    rule: RulePattern, device: DeviceSelector? = nil, driver: String? = nil, reason: String,
    expires: CalendarDate? = nil, line: Int
  ) {
    self.rule = rule
    self.device = device
    self.driver = driver
    self.reason = reason
    self.expires = expires
    self.line = line
  }

  /// Whether it is about the device, whatever the rule.
  func concerns(_ subject: PolicySubject) -> Bool {
    (device?.matches(subject.device) ?? true)
      && (driver.map(subject.drivers.contains) ?? true)
  }
}
