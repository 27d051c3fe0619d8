/// What is recorded or shown while it happens, as it is named on the command line.
public enum LiveSource: Equatable, Sendable {
  /// `kvm`: the tracepoints of this machine's kernel.
  case kvm
  /// `sysfs`: the virtio devices of the machine that vtrace itself runs in.
  case sysfs
  /// `pcap:INTERFACE[:FILTER]`: what libpcap captures.
  case pcap(interface: String, filter: String?)
  /// A file, a FIFO, or `-` for standard input, of any format; a file that `follows` is read on as it
  /// grows.
  case file(path: String, follows: Bool)

  /// Why a text names no source.
  public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    public var text: String
    public var reason: String
    public var description: String { "\(text): \(reason)" }
  }

  /// Reads the text form; a file that is called like a source is named `./kvm`.
  public static func parse(_ text: String, follows: Bool = false) throws(Problem) -> LiveSource {
    let source = try parseWord(text) ?? .file(path: text, follows: follows)
    guard follows else { return source }
    switch source {
    case .file(path: "-", _): throw Problem(text: text, reason: "a pipe is followed in any case")
    case .file: return source
    default: throw Problem(text: text, reason: "only a file is followed")
    }
  }

  private static func parseWord(_ text: String) throws(Problem) -> LiveSource? {
    guard !text.isEmpty else { throw Problem(text: "''", reason: "names no source") }
    if text == "kvm" { return .kvm }
    if text == "sysfs" { return .sysfs }
    guard text.hasPrefix("pcap:") else { return nil }
    let parts = text.dropFirst(5).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let interface = parts.first, !interface.isEmpty else {
      throw Problem(text: text, reason: "names no interface: pcap:INTERFACE[:FILTER]")
    }
    return .pcap(
      interface: String(interface), filter: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// The source in the form that `parse` reads.
  public var name: String {
    switch self {
    case .kvm: "kvm"
    case .sysfs: "sysfs"
    case .pcap(let interface, let filter): "pcap:" + interface + (filter.map { ":\($0)" } ?? "")
    case .file(let path, _): path
    }
  }
}
