import Model
import Recordings

/// The hints of the files that `--hint` names.
enum HintFiles {
  /// Reads the files in order; nil when one is no hint, which is then said on standard error.
  static func read(_ paths: [String]) -> [DeviceHint]? {
    var hints: [DeviceHint] = []
    for path in paths {
      do {
        hints += try hintsOfFile(path)
      } catch let error as RecordingError {
        StandardError.write("vtrace: \(error.description)\n")
        return nil
      } catch {
        StandardError.write("vtrace: \(path): \(error)\n")
        return nil
      }
    }
    return hints
  }

  private static func hintsOfFile(_ path: String) throws -> [DeviceHint] {
    try DeviceHint.parseFile(try SmallFile.read(path))
  }
}
