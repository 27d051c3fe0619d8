/// The options of a `trace.dat` file that a reader of events has a use for, by their numbers.
///
/// Source: trace-cmd.dat.v7(5), "Options section"; version 6 has those up to 14.
public enum TraceDatOption {
  /// Last option; in version 7 its data is the offset of the next section of options, or 0.
  public static var done: UInt16 { 0 }
  /// Text: microseconds to add to every time.
  public static var date: UInt16 { 1 }
  /// Text: what the kernel counted on one CPU.
  public static var cpuStatistics: UInt16 { 2 }
  /// One buffer of events: see `TraceDatReader`.
  public static var buffer: UInt16 { 3 }
  /// Text: the clocks, the one in use in brackets.
  public static var traceClock: UInt16 { 4 }
  /// Text: the recorded system.
  public static var uname: UInt16 { 5 }
  /// Text: nanoseconds to add to every time.
  public static var offset: UInt16 { 7 }
  /// Number of CPUs.
  public static var cpuCount: UInt16 { 8 }
  /// Text: the trace-cmd that wrote the file.
  public static var version: UInt16 { 9 }
  /// Corrections of a guest's clock towards its host's.
  public static var timeShift: UInt16 { 12 }
  /// How clock cycles become nanoseconds.
  public static var tscToNanoseconds: UInt16 { 14 }
  /// Sections of version 7, by the offset that the option holds.
  public static var headerInfo: UInt16 { 16 }
  public static var ftraceEvents: UInt16 { 17 }
  public static var eventFormats: UInt16 { 18 }
  public static var commandLines: UInt16 { 21 }
  /// A buffer of text instead of events (a latency tracer's output).
  public static var bufferText: UInt16 { 22 }
}
