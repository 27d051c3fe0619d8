/// The outermost object of `devices.json`.
struct DeviceFile: Decodable {
  let devices: [DeviceTable]
}

/// A device type in `devices.json`.
struct DeviceTable: Decodable {
  let id: UInt32
  let name: String
  let title: String
  let specified: Bool
  let section: String?
  let introducedIn: String?
  let listedIn: String
  let transitionalPciId: UInt16?
  let configSize: Int?
  let features: [Feature]?
  let config: [Field]?

  struct Feature: Decodable {
    let bit: Int
    let name: String
    let requires: [Term]
    let legacyOnly: Bool
    let introducedIn: String?
  }

  struct Field: Decodable {
    let offset: Int
    let width: Int
    let name: String
    let count: Int
    let onlyIf: String?
    let access: String
    let introducedIn: String?
    let alt: String?
  }

  /// A term of a requirement: one feature, or several of which one is enough.
  struct Term: Decodable {
    let anyOf: [String]

    private enum Keys: String, CodingKey { case anyOf }

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        anyOf = [name]
      } else {
        anyOf = try decoder.container(keyedBy: Keys.self).decode([String].self, forKey: .anyOf)
      }
    }
  }

  /// The name as a Swift identifier: `mac80211-wlan` gives `mac80211Wlan`.
  var identifier: String {
    let words = name.split(separator: "-").map(String.init)
    let joined = words[0] + words.dropFirst().map(SwiftText.capitalized).joined()
    return joined.first?.isNumber == true ? "plan\(joined.uppercased())" : joined
  }
}
