/// What the chain of a request holds, by the step at hand: `requestMade` or `requestAnswered`.
public struct ToldPayload: Sendable, BitwiseCopyable {
  public var content: RequestContent
  /// Bytes of the header of a network device's packets, as it was negotiated.
  public var netHeader: Int
  /// The part for the device to read, as it stood when the chain was made available; its count is 0
  /// where the recording does not have it.
  public var request: PayloadHead
  /// The part for the device to write: before the device used the chain its length alone counts.
  public var answer: PayloadHead
  /// The length that the device gave with the chain; nil before it used it, and where one entry of the
  /// used ring stands for several chains.
  public var usedLength: UInt32?

  /// Which buffer of a received packet this is, where packets come in several: 0 for the first, which
  /// has the header, 2 for the second and so on, -1 where nobody can say.
  public var part: Int32 = 0

  public init(
    _ content: RequestContent, request: PayloadHead, answer: PayloadHead, netHeader: Int
  ) {
    self.content = content
    self.netHeader = netHeader
    self.request = request
    self.answer = answer
  }

  /// The step that tells that the driver made the request available.
  public func step(made id: UInt32, queue: Int32, at reference: RecordReference) -> Transaction {
    Transaction(.requestMade, at: reference, value: UInt64(id), queue: queue)
  }

  /// The step that tells that the device used its chain.
  public func step(answered id: UInt32, queue: Int32, at reference: RecordReference) -> Transaction
  {
    Transaction(
      .requestAnswered, at: reference, value: UInt64(id), queue: queue, index: usedLength ?? 0,
      traits: .byDevice)
  }
}
