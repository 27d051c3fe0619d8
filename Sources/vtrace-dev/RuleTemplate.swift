import VirtioSpec

/// The first text of a rule and of its page.
struct RuleTemplate {
  var row: CatalogueRow

  /// Words that a type's name writes in capitals.
  private static let capitals: Set<String> = [
    "can", "ccw", "cdb", "cid", "dax", "fs", "gpio", "gpu", "ha", "hm", "i2c", "id", "iommu",
    "irq", "mmio", "msix", "mtu", "ok", "pci", "pfn", "rfc", "ro", "rpmb", "rss", "scmi", "scsi",
    "shm", "spi", "uuid", "vq", "vqs", "wce",
  ]

  private static func capitalized(_ word: some StringProtocol) -> String {
    capitals.contains(String(word))
      ? word.uppercased() : word.prefix(1).uppercased() + word.dropFirst()
  }

  private var parts: [Substring] { row.id.split(separator: ".") }

  private var isDevice: Bool { row.device != nil }

  /// The type: `core.init.reset-first` → `ResetFirst`, and of a device `net.cfg.no-write` →
  /// `NetCfgNoWrite`, for devices have statements of the same name.
  var name: String {
    (isDevice ? parts[...] : parts.suffix(1)).map { part in
      part.split(separator: "-").map { Self.capitalized($0) }.joined()
    }.joined()
  }

  private var variable: String {
    let words = (parts.last ?? "").split(separator: "-")
    return (words.first.map(String.init) ?? "")
      + words.dropFirst().map { Self.capitalized($0) }.joined()
  }

  /// The folder below `Sources/Rules`: `Core/Init`, `Devices/Net`.
  var folder: String {
    if isDevice { return "Devices/" + Self.capitalized(parts.first ?? "") }
    return parts.dropLast().map { part in
      part.split(separator: "-").map { Self.capitalized($0) }.joined()
    }.joined(separator: "/")
  }

  var sourcePath: String { "Sources/Rules/\(folder)/\(name).swift" }
  var pagePath: String { "docs/rules/\(row.id.replacing(".", with: "/")).md" }

  var source: String {
    """
    import Model
    import VirtioSpec

    /// \(row.statement).
    ///
    /// Traps: \(row.trap).
    ///
    /// Spec: \(row.section)
    struct \(name): Rule {
      static let id = "\(row.id)"
      var tally = Tally()

      func judge(_ step: Transaction, in session: Session) -> Judgement {
        .silent
      }
    }

    """
  }

  var page: String {
    """
    # \(row.id)

    \(row.statement).

    ## Broken

    ```trace pci modern blk
    W status 0x00
    ```

    ## Kept

    \(row.trap).

    ```trace pci modern blk
    W status 0x00
    ```

    """
  }

  /// What the area's file needs.
  var areaLines: String {
    """
      private var \(variable) = \(name)()
      out.run(&\(variable), step, session)    // under each kind of step that concerns it
      (\(name).self, \(variable).tally),
    """
  }
}
