import Foundation

/// One process that damages one recording.
final class DamageProcess {
  private let process = Process()
  private let state: URL
  private let output: URL
  private let name: String
  private let seed: UInt64

  init(path: String, form: DamageForm, seed: UInt64, in folder: URL) throws {
    name = "\(path) (\(form.rawValue))"
    self.seed = seed
    let id = UUID().uuidString
    state = folder.appending(path: "\(id).state")
    output = folder.appending(path: "\(id).out")
    try Data().write(to: state)
    try Data().write(to: output)
    process.executableURL = Bundle.main.executableURL
    process.arguments = [
      "damage", path, "--form", form.rawValue, "--seed", "\(seed)", "--state", state.path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    // A crash is told here; a backtracer would only stop the others.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
  }

  var isRunning: Bool { process.isRunning }

  /// What the process found, nil when it did not come to its end.
  var result: DamageResult? {
    guard let data = try? Data(contentsOf: output) else { return nil }
    return DamageResult(String(decoding: data, as: UTF8.self))
  }

  /// How it ended, when it did not end well.
  var ending: String? {
    if process.terminationReason == .exit, process.terminationStatus <= 1, result != nil {
      return nil
    }
    let number = (try? String(contentsOf: state, encoding: .utf8)) ?? ""
    let how =
      process.terminationReason == .exit
      ? "ended with status \(process.terminationStatus)"
      : process.terminationStatus == SIGALRM
        ? "took longer than \(DamageTrial.secondsPerCase) s"
        : "was ended by signal \(process.terminationStatus)"
    return "\(name): case \(number.trimmingCharacters(in: .whitespaces)) of seed \(seed) \(how)"
  }
}
