public import Foundation

/// Turns the tables under `fixtures/spec` into the Swift files of `VirtioSpec/Generated`.
///
/// Public for the test that compares the files in the tree with what this would write.
public struct SpecGenerator {
  /// Where the files go, from the root of the package.
  public static let folder = "Sources/VirtioSpec/Generated"

  /// The text of each file by its name.
  public let files: [String: String]

  private let target: URL

  /// Reads the tables of the package at `root`.
  public init(root: URL) throws {
    let tables = try SpecTables(folder: root.appendingPathComponent("fixtures/spec"))
    target = root.appendingPathComponent(Self.folder)
    files = [
      "DeviceType+Table.swift": try DeviceTypeWriter(tables: tables).text(),
      "FeatureCatalogue+Tables.swift": try FeatureWriter(tables: tables).text(),
      "ConfigTable.swift": try ConfigWriter(tables: tables).text(),
      "CommonConfigurationField.swift": try RegisterWriter.commonConfiguration(tables),
      "LegacyHeaderField.swift": try RegisterWriter.legacyHeader(tables),
      "MMIORegister.swift": try RegisterWriter.mmio(tables),
      "LegacyMMIORegister.swift": try RegisterWriter.legacyMMIO(tables),
      "CCWCommand.swift": try CommandWriter(tables: tables).text(),
      "PCICapabilityType.swift": try CapabilityWriter(tables: tables).text(),
      "Catalogue+Core.swift": try CatalogueWriter(tables: tables).core(),
      "Catalogue+Device.swift": try CatalogueWriter(tables: tables).device(),
    ]
  }

  /// The names of the files that differ from the tree, and of files in the folder that nothing
  /// generates any more.
  public func staleFiles() throws -> [String] {
    var stale = files.keys.filter { name in
      let path = target.appendingPathComponent(name)
      return (try? String(contentsOf: path, encoding: .utf8)) != files[name]
    }
    let present = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? []
    stale += present.filter { $0.hasSuffix(".swift") && files[$0] == nil }
    return stale.sorted()
  }

  /// Writes the named files, or removes those that nothing generates.
  func write(_ names: [String]) throws {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for name in names {
      let path = target.appendingPathComponent(name)
      if let text = files[name] {
        try text.write(to: path, atomically: true, encoding: .utf8)
      } else {
        try FileManager.default.removeItem(at: path)
      }
    }
  }
}
