internal import Glibc

/// Finds the files that paths mean: a file is meant itself, a folder means every file below it.
public enum RecordingFinder {
  /// A file to read.
  public struct Entry: Sendable, Equatable {
    public var path: String
    /// It was named, not met in a folder: then it has to be a recording.
    public var isNamed: Bool
  }

  /// Folders inside folders, and files in all: more means that the wrong folder was named.
  private static var depthLimit: Int { 64 }
  public static var fileLimit: Int { 100_000 }

  /// The files that `paths` mean, in the order of the paths, those of a folder in the order of
  /// their names; each once.
  ///
  /// In a folder names that begin with a dot are left out, links to folders are not followed, and
  /// what is no regular file is passed by.
  public static func find(_ paths: [String]) throws(RecordingError) -> [Entry] {
    var entries: [Entry] = []
    var known: Set<String> = []
    for path in paths.map(plain) {
      guard isFolder(path) else {
        if known.insert(path).inserted { entries.append(Entry(path: path, isNamed: true)) }
        continue
      }
      var found: [String] = []
      try search(path, depth: 0, &found)
      for file in found where known.insert(file).inserted {
        entries.append(Entry(path: file, isNamed: false))
      }
    }
    return entries
  }

  /// `path` without the `./` in front, so that it is spelled as a repository spells it.
  private static func plain(_ path: String) -> String {
    guard path.hasPrefix("./") else { return path }
    var rest = Substring(path)
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    // What is left may mean something else: nothing, or standard input.
    return rest.isEmpty ? "." : rest == "-" ? path : String(rest)
  }

  /// Whether the name of a file that no reader recognizes says that it is a recording all the same,
  /// so that it must not be passed over.
  public static func promisesRecording(_ path: String) -> Bool {
    var name = Substring(path)
    for suffix in [".gz", ".zst"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.utf8.count)
    }
    return [".pcapng", ".pcap", "trace.dat", ".qemu.log"].contains(where: name.hasSuffix)
  }

  public static func isFolder(_ path: String) -> Bool {
    path != "-" && kind(path, followsLinks: true) == S_IFDIR
  }

  private static func search(
    _ folder: String, depth: Int, _ found: inout [String]
  ) throws(RecordingError) {
    guard depth < depthLimit else {
      throw RecordingError(.unsupported("folders lie too deep inside each other"), path: folder)
    }
    for name in try Folder.names(in: folder).sorted(by: {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }) {
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if kind(path, followsLinks: false) == S_IFDIR {
        try search(path, depth: depth + 1, &found)
      } else if kind(path, followsLinks: true) == S_IFREG {
        guard found.count < fileLimit else {
          throw RecordingError(
            .unsupported("holds more than \(fileLimit) files; name a smaller folder"), path: folder)
        }
        found.append(path)
      }
    }
  }

  private static func kind(_ path: String, followsLinks: Bool) -> mode_t? {
    var status = stat()
    // Both fill the structure during the call only.
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }
}
