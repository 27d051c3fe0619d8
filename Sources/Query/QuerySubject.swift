public import Model
public import VirtioSpec

/// What a filter looks at: a step of a device, and how its session stood before it.
///
/// A flat value, so that a screen can keep the ones that it shows and ask another filter later.
public struct QuerySubject: Sendable, BitwiseCopyable {
  public var step: Transaction
  /// Whether `step` is there: a finding may point at a record that is no step of its device.
  public var hasStep = true
  /// Number of the device in the device table.
  public var device: Int32
  /// Number of the session of the device.
  public var session: Int
  public var transport: TransportKind
  /// Device type, nil while the recording has not told.
  public var type: DeviceType?
  public var interface: Transaction.Interface
  /// The status before the step, nil while it is not known.
  public var status: DeviceStatus?
  public var offered: FeatureSet
  public var accepted: FeatureSet

  /// `session` is `inout` only so that it is not copied.
  public init(_ step: Transaction, of device: Int32, in session: inout Session) {
    self.init(step, of: device, session: session.index, in: SessionSituation(session))
  }

  /// A step that was kept with how its session stood.
  public init(
    _ step: Transaction, of device: Int32, session: Int, in situation: SessionSituation
  ) {
    self.step = step
    self.device = device
    self.session = session
    transport = situation.transport
    type = situation.type
    interface = situation.interface
    status = situation.status
    offered = situation.offered
    accepted = situation.accepted
  }

  /// A record of a device that is no step, or one whose step is not known.
  public init(at reference: RecordReference, of device: Int32, in session: Session) {
    var session = session
    self.init(Transaction(.otherCommand, at: reference), of: device, in: &session)
    hasStep = false
  }
}
