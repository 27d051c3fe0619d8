import VirtioSpec

/// One access to a structure of a function, whichever way it came.
struct PCIAccess: Sendable, BitwiseCopyable {
  var reference: RecordReference
  /// Bytes from the structure's beginning.
  var offset: Int
  /// Bytes; 0 where the recording does not tell.
  var width: Int
  var value: UInt64
  var isWrite: Bool
  var hasData: Bool
  var traits: Transaction.Traits
  var cpu: UInt16

  init(_ access: Access, offset: UInt64, traits: Transaction.Traits = []) {
    reference = RecordReference(access)
    self.offset = Int(truncatingIfNeeded: offset & 0xffff_ffff)
    width = Int(min(access.width, 8))
    value = access.value
    isWrite = access.isWrite
    hasData = access.hasData
    self.traits = traits
    cpu = access.cpu
    if !hasData {
      value = 0
      self.traits.insert(.unknownValue)
    }
  }

  /// The whole access as a transaction.
  func step(
    _ kind: Transaction.Kind, _ interface: Transaction.Interface, queue: Int32 = -1,
    index: UInt32 = 0
  ) -> Transaction {
    Transaction(
      kind, at: reference, value: value, queue: queue, index: index, interface: interface,
      traits: traits, width: UInt8(width), cpu: cpu)
  }
}

/// What one access touches of one field.
struct FieldPart: Sendable, BitwiseCopyable {
  /// First byte of the field that was touched.
  var byte: Int
  var count: Int
  /// The value in its place in the field, and the bits of the field that were touched.
  var value: UInt64
  var mask: UInt64
  /// The access was not one that the field is made for.
  var isWrongWidth: Bool
}

extension PCIAccess {
  /// Splits the access over the fields of a register table: `body` gets each field with the part
  /// that is touched; `gap` gets the offset of bytes that belong to no field.
  func split<Field: Register>(
    _ table: Field.Type, from first: Int, body: (Field, FieldPart) -> Void, gap: (Int) -> Void
  ) {
    let covered = width > 0 ? width : table.covering(first).map { $0.register.width } ?? 1
    var place = first
    var sawGap = false
    while place < first + covered {
      guard let (field, byte) = table.covering(place) else {
        if !sawGap { gap(place) }
        sawGap = true
        place += 1
        continue
      }
      let count = min(field.width - byte, first + covered - place)
      let bits = Self.ones(count) << UInt64(byte * 8)
      let part = (value >> UInt64((place - first) * 8)) << UInt64(byte * 8) & bits
      let isHalf = field.width == 8 && count == 4 && covered == 4 && byte & 3 == 0
      // Fields of 64 bits are two of 32, and no access covers both.
      let isWhole = count == field.width && covered == count && count < 8
      body(
        field,
        FieldPart(
          byte: byte, count: count, value: part, mask: isWhole || count == 8 ? .max : bits,
          isWrongWidth: !isHalf && !isWhole))
      place += count
    }
  }

  /// `count` bytes of ones.
  static func ones(_ count: Int) -> UInt64 {
    count >= 8 ? .max : (1 << UInt64(max(0, count) * 8)) - 1
  }
}
