import Model
import Policies
import Rules

extension CheckReport {
  /// The report as workflow commands of GitHub Actions, which become annotations.
  ///
  /// GitHub shows ten errors, ten warnings and ten notices of a step, and drops the rest without a
  /// word: where there are more, the tenth says how many.
  public var github: String {
    var commands: [GitHubCommand] = []
    for file in files {
      if let problem = file.problem {
        commands.append(
          GitHubCommand(
            level: .error, path: file.path, line: nil, title: "not read", message: problem))
      }
      for checked in file.new { commands.append(GitHubCommand(checked.finding, in: file)) }
    }
    for finding in policyFindings {
      commands.append(
        GitHubCommand(
          level: finding.severity, path: policy ?? "", line: UInt64(clamping: finding.line),
          title: finding.rule, message: finding.message))
    }
    var text = ""
    for level in Severity.allCases.reversed() {
      let all = commands.filter { $0.level == level }
      let isOver = all.count > GitHubCommand.limit
      for command in all.prefix(isOver ? GitHubCommand.limit - 1 : all.count) {
        text += command.text
      }
      if isOver { text += GitHubCommand.more(all.count - GitHubCommand.limit + 1, level).text }
    }
    return text + "vtrace: \(printable(total))\n"
  }
}

/// A workflow command that makes an annotation.
struct GitHubCommand {
  var level: Severity
  var path: String
  /// Nil where the file has no lines.
  var line: UInt64?
  var title: String
  var message: String

  /// What a step may have of each level.
  static var limit: Int { 10 }

  init(level: Severity, path: String, line: UInt64?, title: String, message: String) {
    self.level = level
    self.path = path
    self.line = line
    self.title = title
    self.message = message
  }

  init(_ finding: Finding, in file: CheckedFile) {
    let device = file.device(of: finding)
    let count = finding.count > 1 ? ", \(finding.count) times" : ""
    self.init(
      level: finding.severity, path: file.path,
      line: file.summary?.placesAreLines == true ? file.line(of: finding) : nil,
      title: finding.rule,
      message: "\(finding.message) (\(device.id) \(device.name), session \(finding.session), "
        + "\(file.place(finding))\(count))")
  }

  /// The command that stands for those that are not shown.
  static func more(_ count: Int, _ level: Severity) -> GitHubCommand {
    GitHubCommand(
      level: level, path: "", line: nil, title: "more than GitHub shows",
      message: "\(counted(count, "more \(level.rawValue)")); the job's summary lists them")
  }

  var text: String {
    let name = level == .note ? "notice" : level.rawValue
    var properties: [String] = []
    if !path.isEmpty { properties.append("file=\(Self.escaped(path, inProperty: true))") }
    if let line { properties.append("line=\(line)") }
    properties.append("title=\(Self.escaped(title, inProperty: true))")
    return "::\(name) \(properties.joined(separator: ","))::\(Self.escaped(message))\n"
  }

  /// What would end the line, or the property, is escaped: a message is input, and must not be able
  /// to give commands.
  private static func escaped(_ text: String, inProperty: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where inProperty: result += "%3A"
      case "," where inProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
