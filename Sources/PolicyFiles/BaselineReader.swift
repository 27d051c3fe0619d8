public import Policies
import YAML

/// Reads a baseline, which `vtrace check --write-baseline` wrote.
///
/// It is JSON, and JSON is YAML: one reader tells the place of a mistake in both.
public enum BaselineReader {
  /// Values of a baseline: seven for each finding.
  private static var nodeLimit: Int { 1_000_000 }

  /// The baseline in `bytes`, which were read from `path`.
  public static func read(_ bytes: [UInt8], path: String) throws(PolicyProblem) -> Baseline {
    var mistakes = Mistakes()
    var keys: Set<FindingKey> = []
    do throws(YAMLProblem) {
      let start = YAMLMark(line: 1, column: 1)
      guard let root = try YAMLReader.read(bytes, nodeLimit: nodeLimit), !root.isNull else {
        throw YAMLProblem("a baseline is not empty", at: start)
      }
      let fields = Fields(root, of: "a baseline", keys: ["schema", "findings"], &mistakes)
      if mistakes.all.isEmpty, fields.text("schema", &mistakes)?.text != Baseline.schema {
        mistakes.add("a baseline has the schema '\(Baseline.schema)'", at: root.mark)
      }
      keys = read(fields, &mistakes)
    } catch {
      throw PolicyProblem(path: path, mistakes: [error])
    }
    guard mistakes.all.isEmpty else { throw PolicyProblem(path: path, mistakes: mistakes.all) }
    return Baseline(path: path, keys: keys)
  }

  private static func read(_ fields: Fields, _ mistakes: inout Mistakes) -> Set<FindingKey> {
    guard let node = fields["findings"], case .sequence(let items) = node.content else {
      mistakes.add("a baseline has a list of 'findings'", at: fields.mark)
      return []
    }
    var keys: Set<FindingKey> = []
    for item in items {
      let names = ["rule", "device", "message"]
      let entry = Fields(item, of: "a finding", keys: names, &mistakes)
      guard case .mapping = item.content else { continue }
      for name in names where entry[name] == nil {
        mistakes.add("a finding needs '\(name)'", at: item.mark)
      }
      guard let rule = entry.text("rule", &mistakes), let device = entry.text("device", &mistakes),
        let message = entry.text("message", &mistakes)
      else { continue }
      keys.insert(FindingKey(rule: rule.text, device: device.text, message: message.text))
    }
    return keys
  }
}
