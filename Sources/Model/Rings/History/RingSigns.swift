/// What a ring's history notes for hints alone.
struct RingSigns: Sendable {
  /// A used entry that the device wrote and did not publish yet.
  var preparedAt = RecordReference.none
  /// The driver was seen to move `used_event` when it took what was used, and not only when it made
  /// more available.
  var movesEventAlone = false
  /// Something that the driver did was found, and not noted as it was done.
  var driverIsFound = false
  /// How often each event index changed, the first value included.
  var usedEventMoves: UInt64 = 0
  var availableEventMoves: UInt64 = 0
  /// Requests with room for an answer that came back with length 0.
  var emptyAnswerCount: UInt64 = 0
  var firstEmptyAnswer = RecordReference.none
  /// Chains with several buffers to write that came back, and those of them whose length was that of
  /// the first buffer, with or without a byte of status.
  var severalBuffersCount: UInt64 = 0
  var firstBufferOnlyCount: UInt64 = 0
  /// How often the device wrote beyond the end of a buffer.
  var overrunCount: UInt64 = 0
  var overrunID: UInt32 = 0
  var firstOverrun = RecordReference.none
  /// What stood still when the queue's life ended.
  var endedHints: [RingHint] = []
}
