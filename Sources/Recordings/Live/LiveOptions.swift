/// How a live source is to be read.
public struct LiveOptions: Sendable {
  /// `kvm`: the process of the virtual machine; nil for the only one there is, or all that start.
  public var process: Int32?
  /// `kvm`: room for events of each CPU, in KiB.
  public var bufferSize = 4096
  /// `kvm`: where tracefs is, empty to look for it.
  public var traceRoot = ""
  /// How long the reading rests when nothing came, in milliseconds.
  public var interval: Int32 = 20

  public init() {}
}
