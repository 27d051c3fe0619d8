/// Something in a ring that no driver or device may write, with its position.
public struct RingFault: Sendable, Equatable {
  public var kind: Kind
  public var place: Place
  /// What was found there: an index, a length, an address.
  public var value: UInt64

  public init(_ kind: Kind, at place: Place, value: UInt64 = 0) {
    self.kind = kind
    self.place = place
    self.value = value
  }

  /// What is wrong.
  public enum Kind: String, Sendable, CaseIterable {
    case sizeNotPossible, sizeNotPowerOfTwo, misaligned, addressWraps, notBacked
    case tooManyAvailable, headOutOfRange, headTwice, usedOutOfRange, nextOutOfRange, loop
    case nestedIndirect, indirectLength, indirectEmpty, indirectWithNext, indirectNotNegotiated
    case zeroLength, bufferWraps, bufferOutsideMemory, readableAfterWritable
    case wrapUnclear, chainNotAvailable
    case nextNotInOrder, indirectFlags, indirectInChain
  }

  /// Where it stands.
  public enum Place: Sendable, Equatable {
    case queue
    case descriptorArea, driverArea, deviceArea
    /// A slot of the available or used ring.
    case available(UInt16)
    case used(UInt16)
    /// An entry of the descriptor table, or a slot of the packed ring.
    case descriptor(UInt32)
    /// An entry of the indirect table at a guest-physical address.
    case indirect(table: UInt64, entry: UInt32)
  }
}

extension RingFault.Place: CustomStringConvertible {
  public var description: String {
    switch self {
    case .queue: "queue"
    case .descriptorArea: "descriptor area"
    case .driverArea: "driver area"
    case .deviceArea: "device area"
    case .available(let slot): "available slot \(slot)"
    case .used(let slot): "used slot \(slot)"
    case .descriptor(let index): "descriptor \(index)"
    case .indirect(let table, let entry):
      "indirect table 0x\(String(table, radix: 16)) entry \(entry)"
    }
  }
}

extension RingFault: CustomStringConvertible {
  /// The fault as a person reads it, with its position.
  public var description: String { "\(place): \(text)" }

  private var text: String {
    let hex = "0x" + String(value, radix: 16)
    return switch kind {
    case .sizeNotPossible: "size \(value) is not possible"
    case .sizeNotPowerOfTwo: "size \(value) is no power of two"
    case .misaligned: "address \(hex) is not aligned"
    case .addressWraps: "address \(hex) wraps"
    case .notBacked: "no memory at \(hex)"
    case .tooManyAvailable: "\(value) more available than used, which is more than the queue holds"
    case .headOutOfRange: "head \(value) is beyond the descriptor table"
    case .headTwice: "head \(value) is available twice"
    case .usedOutOfRange: "used id \(value) is beyond the descriptor table"
    case .nextOutOfRange: "next \(value) is beyond the table"
    case .loop: "the chain is longer than its table, so it loops"
    case .nestedIndirect: "an indirect table inside an indirect table"
    case .indirectLength: "table of \(value) bytes, which is no multiple of 16"
    case .indirectEmpty: "table of 0 bytes"
    case .indirectWithNext: "both INDIRECT and NEXT are set"
    case .indirectNotNegotiated: "INDIRECT is set but was not negotiated"
    case .zeroLength: "buffer of 0 bytes"
    case .bufferWraps: "buffer at \(hex) wraps"
    case .bufferOutsideMemory: "buffer at \(hex) lies partly outside memory"
    case .readableAfterWritable: "device-readable buffer behind a device-writable one"
    case .wrapUnclear: "available bit of another round, the driver was writing or lost count"
    case .nextNotInOrder: "next is \(value), which is not the one behind, as IN_ORDER demands"
    case .indirectFlags: "flags \(hex) in an indirect table, where only WRITE may be set"
    case .indirectInChain: "an indirect descriptor in a list of several"
    case .chainNotAvailable: "the chain runs into a slot that is not available"
    }
  }
}
