/// Which way the data of a channel command goes.
public enum DataDirection: Sendable, Hashable {
  /// The command has no data.
  case none
  /// The driver's memory is read.
  case toDevice
  /// The driver's memory is written.
  case toDriver
  /// The driver's memory holds an index that the device reads before it writes its answer there.
  case toDriverWithInput
}
