internal import Glibc

/// What stands in a folder.
enum Folder {
  /// The names in a folder, but for those that begin with a dot.
  static func names(in folder: String) throws(RecordingError) -> [String] {
    // The directory is open until the end of this function, and an entry is copied before the next.
    guard let directory = unsafe opendir(folder) else {
      throw RecordingError(.system(doing: "open it", message: lastSystemMessage()), path: folder)
    }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
