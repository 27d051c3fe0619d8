public import VirtioSpec

/// How a session stands between two steps, as far as filters ask.
public struct SessionSituation: Sendable, BitwiseCopyable, Equatable {
  public var transport: TransportKind
  /// Device type, nil while the recording has not told.
  public var type: DeviceType?
  public var interface: Transaction.Interface
  /// Nil while it is not known.
  public var status: DeviceStatus?
  public var offered: FeatureSet
  public var accepted: FeatureSet

  public init(
    transport: TransportKind, type: DeviceType?, interface: Transaction.Interface,
    status: DeviceStatus?, offered: FeatureSet, accepted: FeatureSet
  ) {
    self.transport = transport
    self.type = type
    self.interface = interface
    self.status = status
    self.offered = offered
    self.accepted = accepted
  }

  public init(_ session: borrowing Session) {
    transport = session.profile.transport
    type = session.profile.type
    interface = session.interface
    status = session.isStatusKnown ? session.status : nil
    offered = session.offered
    accepted = session.accepted
  }
}
