internal import Wire

/// The forms of compression that are taken off without being asked.
enum Compression: String {
  case gz
  case zst

  /// One compressed file in another is somebody's accident; more is an attack.
  static var maximumDepth: Int { 2 }
  /// Bytes that are needed to tell.
  static var headCount: Int { 4 }

  /// The compression that data beginning with `head` has, nil when none is known.
  init?(_ head: RawSpan) {
    if head.starts(with: [0x1f, 0x8b, 8]) {
      self = .gz
    } else if head.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) || Self.isSkippableFrame(head) {
      self = .zst
    } else {
      return nil
    }
  }

  static func isCompressed(_ file: borrowing MappedFile) -> Bool {
    Compression(file.bytes) != nil
  }

  /// Parallel compressors begin with a zstd frame that holds no data.
  private static func isSkippableFrame(_ head: RawSpan) -> Bool {
    head.byteCount >= 4
      && head.littleEndian(UInt32.self, at: 0) & 0xffff_fff0 == 0x184d_2a50
  }

  /// Puts the decompressors in front of `producer` that its content asks for; returns the names
  /// of what was taken off, outermost first.
  static func takeOff(
    _ producer: any ByteProducer, path: String
  ) throws(RecordingError) -> (any ByteProducer, [String]) {
    var producer = producer
    var layers: [String] = []
    while true {
      let head = HeadedProducer.take(headCount, of: producer)
      producer = HeadedProducer(head: head, rest: producer)
      // A byte has no padding that could be read by this.
      guard let compression = unsafe Compression(head.span.bytes) else {
        return (producer, layers)
      }
      guard layers.count < maximumDepth else {
        throw RecordingError(
          .unsupported("is compressed more than \(maximumDepth) times over"), path: path)
      }
      layers.append(compression.rawValue)
      switch compression {
      case .gz: producer = GzipProducer(producer)
      case .zst: producer = ZstdProducer(producer)
      }
    }
  }
}
