/// The type of a pcapng block.
///
/// Source: draft-ietf-opsawg-pcapng, "Block Types" and its registry.
public struct PcapngBlockType: Equatable, Sendable, BitwiseCopyable {
  public var rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Reads the same in both byte orders, so that a section can state its order behind it.
  @inlinable public static var sectionHeader: Self { Self(rawValue: 0x0a0d_0d0a) }
  @inlinable public static var interfaceDescription: Self { Self(rawValue: 1) }
  /// The packet block of old files, replaced by the enhanced one.
  @inlinable public static var obsoletePacket: Self { Self(rawValue: 2) }
  @inlinable public static var simplePacket: Self { Self(rawValue: 3) }
  @inlinable public static var nameResolution: Self { Self(rawValue: 4) }
  @inlinable public static var interfaceStatistics: Self { Self(rawValue: 5) }
  @inlinable public static var enhancedPacket: Self { Self(rawValue: 6) }
  @inlinable public static var systemdJournal: Self { Self(rawValue: 9) }
  @inlinable public static var decryptionSecrets: Self { Self(rawValue: 10) }
  /// A custom block that a program that rewrites the file may copy.
  @inlinable public static var custom: Self { Self(rawValue: 0x0000_0bad) }
  /// A custom block that it may not copy.
  @inlinable public static var customNotCopied: Self { Self(rawValue: 0x4000_0bad) }

  /// What the registry calls the type, nil when it does not know it.
  public var name: String? {
    switch rawValue {
    case 0x0a0d_0d0a: "section header"
    case 1: "interface description"
    case 2: "packet (obsolete)"
    case 3: "simple packet"
    case 4: "name resolution"
    case 5: "interface statistics"
    case 6: "enhanced packet"
    case 7: "IRIG timestamp"
    case 8: "ARINC 429 in AFDX"
    case 9: "systemd journal export"
    case 10: "decryption secrets"
    case 0x101: "Hone project machine information"
    case 0x102: "Hone project connection event"
    case 0x201...0x20f: "sysdig"
    case 0x0bad: "custom"
    case 0x4000_0bad: "custom (not to be copied)"
    default: nil
    }
  }

  /// Whether the registry knows the type.
  @inlinable public var isKnown: Bool {
    switch rawValue {
    case 1...10, 0x101, 0x102, 0x201...0x20f, 0x0bad, 0x4000_0bad, 0x0a0d_0d0a: true
    default: false
    }
  }

  /// The fewest bytes that a block of this type has, both lengths included.
  @inlinable public var minimumLength: Int {
    // By far the most frequent one.
    if rawValue == 6 { return 32 }
    return rareMinimumLength
  }

  @usableFromInline var rareMinimumLength: Int {
    switch rawValue {
    case 0x0a0d_0d0a: 28
    case 1: 20
    case 2, 6: 32
    case 3: 16
    case 5: 24
    case 9: 12
    case 10: 20
    case 0x0bad, 0x4000_0bad: 16
    default: 12
    }
  }
}
