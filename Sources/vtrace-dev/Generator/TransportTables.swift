/// What `transports.json` holds that the generator uses.
struct TransportTables: Decodable {
  let featureBits: FeatureBits
  let pci: PCI
  let mmio: MMIO
  let ccw: CCW
  let normativeSectionsNew: SectionHistory

  struct FeatureBits: Decodable {
    let bits: [Bit]
    let notSupported: [String: [String]]
  }

  struct Bit: Decodable {
    let bit: Int
    let name: String?
    let introducedIn: String?
    let legacyOnly: Bool?
    let requires: [DeviceTable.Term]?
  }

  struct PCI: Decodable {
    let cfgTypes: [Capability]
    let commonCfg: Fields
    let legacyHeader: LegacyHeader
  }

  struct Capability: Decodable {
    let value: UInt8
    let name: String
    let introducedIn: String
  }

  struct Fields: Decodable {
    let fields: [Field]
  }

  struct LegacyHeader: Decodable {
    let withMsix: Fields
  }

  struct Field: Decodable {
    let field: String
    let offset: Int
    let widthBits: Int
    let driverAccess: String
    let meaning: String
    let introducedIn: String?
    let existsIf: String?
  }

  struct MMIO: Decodable {
    let version2: Registers
    let legacyVersion1: Registers
  }

  struct Registers: Decodable {
    let registers: [Register]
  }

  struct Register: Decodable {
    let name: String
    let offset: Int
    let direction: String
    let meaning: String
    let introducedIn: String
    let existsIf: String?
  }

  struct CCW: Decodable {
    let commands: [Command]
  }

  struct Command: Decodable {
    let value: UInt8
    let name: String
    let direction: String
    let payloadLength: Int?
    let payloadLengthRevision0: Int?
    let minRevision: Int?
    let meaning: String
  }

  /// Which sections came with which version.
  struct SectionHistory: Decodable {
    let v11: [String]
    let v12: [String]
    let v13: [String]
    let v14: [String]

    private enum CodingKeys: String, CodingKey {
      case v11 = "1.1"
      case v12 = "1.2"
      case v13 = "1.3"
      case v14 = "1.4"
    }

    /// The version that brought `section`; nil when it is as old as 1.0 or not listed.
    func version(of section: String) -> String? {
      let versions = [("1.1", v11), ("1.2", v12), ("1.3", v13), ("1.4", v14)]
      return versions.first { $0.1.contains(section) }?.0
    }
  }
}
