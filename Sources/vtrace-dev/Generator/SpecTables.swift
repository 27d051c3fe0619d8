import Foundation

/// What the files under `fixtures/spec` say, as far as the generator uses it.
struct SpecTables {
  let devices: [DeviceTable]
  let transports: TransportTables
  let core: [[String]]
  let device: [[String]]
  /// Of a statement that is not as old as its section, or was not always said with a keyword:
  /// since when it stands, and since when with the keyword where that is later.
  let versions: [String: (since: String, keyword: String)]

  init(folder: URL) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    func json<T: Decodable>(_ name: String, _ type: T.Type) throws -> T {
      try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }
    devices = try json("devices.json", DeviceFile.self).devices
    transports = try json("transports.json", TransportTables.self)
    core = try Self.rows(of: folder.appendingPathComponent("core-normative.tsv"), columns: 10)
    device = try Self.rows(of: folder.appendingPathComponent("device-normative.tsv"), columns: 9)
    let history = try Self.rows(of: folder.appendingPathComponent("versions.tsv"), columns: 4)
    versions = Dictionary(uniqueKeysWithValues: history.map { ($0[0], ($0[1], $0[2])) })
    let known = Set((core + device).map { $0[0] })
    for id in versions.keys where !known.contains(id) {
      throw GeneratorError("versions.tsv: no statement is called \(id)")
    }
  }

  /// The number of the feature called `name`, on the device first and then among those of every
  /// device.
  func bit(_ name: String, of device: DeviceTable? = nil) throws -> Int {
    if let own = device?.features?.first(where: { $0.name == name }) { return own.bit }
    if let shared = transports.featureBits.bits.first(where: { $0.name == name }) {
      return shared.bit
    }
    throw GeneratorError("no feature is called \(name)")
  }

  private static func rows(of url: URL, columns: Int) throws -> [[String]] {
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    return try lines.map { line in
      let row = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard row.count == columns else {
        throw GeneratorError("\(url.lastPathComponent): \(row[0]) has \(row.count) columns")
      }
      return row
    }
  }
}

/// A table says something that the generator cannot turn into Swift.
struct GeneratorError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
