import Model
import Policies
import Rules
import VirtioSpec

/// What a SARIF log lists once and refers to by number: rules, artifacts, logical locations.
struct SARIFTables {
  private(set) var rules: [String] = []
  private(set) var paths: [String] = []
  private(set) var places: [Place] = []
  private var rulePlaces: [String: Int] = [:]
  private var pathPlaces: [String: Int] = [:]
  private var placePlaces: [String: Int] = [:]

  init(_ report: CheckReport) {
    for file in report.files {
      add(path: file.path)
      for checked in file.findings {
        add(rule: checked.finding.rule)
        add(Place(checked.finding, of: file.device(of: checked.finding)))
      }
    }
    for finding in report.policyFindings { add(rule: finding.rule) }
    if let policy = report.policy, !report.policyFindings.isEmpty { add(path: policy) }
  }

  func ruleIndex(_ rule: String) -> Int { rulePlaces[rule] ?? -1 }
  func pathIndex(_ path: String) -> Int { pathPlaces[path] ?? -1 }
  func placeIndex(_ place: Place) -> Int { placePlaces[place.fullName] ?? -1 }

  private mutating func add(rule: String) {
    guard rulePlaces[rule] == nil else { return }
    rulePlaces[rule] = rules.count
    rules.append(rule)
  }

  private mutating func add(path: String) {
    guard pathPlaces[path] == nil else { return }
    pathPlaces[path] = paths.count
    paths.append(path)
  }

  /// Adds a place behind the places that hold it.
  private mutating func add(_ place: Place) {
    var parent: Int?
    for part in 1...place.parts.count {
      var step = Place(parts: Array(place.parts.prefix(part)))
      step.parent = parent
      if placePlaces[step.fullName] == nil {
        placePlaces[step.fullName] = places.count
        places.append(step)
      }
      parent = placePlaces[step.fullName]
    }
  }

  /// A device, a session of it, or a queue in that.
  struct Place {
    fileprivate var parts: [String]
    var parent: Int?

    fileprivate init(parts: [String]) { self.parts = parts }

    init(_ finding: Finding, of device: CheckedDevice) {
      parts = [device.id, "session \(finding.session)"]
      if let queue = finding.step?.queue, queue >= 0 { parts.append("queue \(queue)") }
    }

    var name: String { parts.last ?? "" }
    var fullName: String { parts.joined(separator: "/") }

    /// SARIF has no words for these; its own are about source code.
    var kind: String { ["device", "session", "queue"][min(parts.count, 3) - 1] }
  }
}

extension JSONWriter {
  /// The artifact at `path`, by its number too.
  mutating func sarifArtifact(_ path: String, _ tables: SARIFTables) {
    key("artifactLocation")
    object { writer in
      writer.field("uri", uriReference(path))
      writer.field("index", tables.pathIndex(path))
    }
  }

  /// What is known of a rule: the statement, and the rule's page as help.
  mutating func sarifRule(_ id: String) {
    let row = Catalogue.row(id)
    let statement = row?.statement ?? PolicyFinding.statement(id)
    field("id", id)
    key("shortDescription")
    object { $0.field("text", statement) }
    key("fullDescription")
    object { $0.field("text", row.map { "\(statement). Virtio 1.4, \($0.section)" } ?? statement) }
    key("defaultConfiguration")
    object { $0.field("level", (row.map { Severity($0) } ?? .warning).rawValue) }
    key("help")
    object { writer in
      let trap = row.map { $0.trap.isEmpty ? "" : " No accusation: \($0.trap)." } ?? ""
      writer.field("text", "\(statement).\(trap)")
      if let row { writer.field("markdown", RuleExplanation(row).text) }
    }
    key("properties")
    object { writer in
      var tags = ["virtio", id.prefix { $0 != "." }.description]
      if let row { tags += [row.actor.rawValue, row.level.rawValue] }
      writer.field("tags", tags)
    }
  }
}

/// `path` as a URI reference: what is no letter, digit or harmless sign is escaped, and an absolute
/// path is a file URI.
func uriReference(_ path: String) -> String {
  var text = path.hasPrefix("/") ? "file://" : ""
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
      bytes.append(byte)
    default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  text += String(decoding: bytes, as: UTF8.self)
  return text
}
