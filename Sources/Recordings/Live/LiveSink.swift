public import Model

/// A sink that is told how far a live source has come.
public protocol LiveSink: AccessSink, ~Copyable {
  /// Everything that happened up to `time`, in nanoseconds on the source's clock, was handed on, and
  /// nothing more is there for now.
  mutating func settle(upTo time: Int64)
}

extension LiveSink where Self: ~Copyable {
  /// Most sinks need not know.
  public mutating func settle(upTo time: Int64) {}
}

/// Counts what passes through to another sink.
struct CountingSink<Base: LiveSink & ~Copyable>: LiveSink, ~Copyable {
  var base: Base
  let control: LiveControl

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices where batch[index].kind == .lostEvents {
      if batch[index].code == 0 { control.lostUnknown = true }
      control.lost &+= UInt64(batch[index].code)
    }
    control.accesses &+= UInt64(batch.count)
    base.receive(batch, payload: payload)
  }

  mutating func settle(upTo time: Int64) { base.settle(upTo: time) }

  /// Gives the other sink back.
  consuming func finish() -> Base { base }
}
