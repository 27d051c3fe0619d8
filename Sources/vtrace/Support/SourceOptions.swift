import ArgumentParser
import Model
import Recordings

/// What is read while it happens: options of the commands that do.
struct SourceOptions: ParsableArguments {
  @Argument(help: "kvm, pcap:INTERFACE[:FILTER], a file or FIFO, or -; for live also sysfs.")
  var source: String

  @Flag(help: "Read a regular file on as it grows.")
  var follow = false

  @Option(
    name: .customLong("pid"),
    help: "kvm: the process of the machine; without it the only one that has /dev/kvm open.")
  var process: Int32?

  @Option(name: .customLong("buffer"), help: "kvm: room for events of each CPU, in KiB.")
  var bufferSize = 4096

  @Option(
    name: .customLong("qmp"),
    help: """
      The QMP unix socket of the guest's QEMU, which tells where its devices are and where memory \
      is; it is asked once, at the beginning.
      """)
  var monitor: String?

  func validate() throws {
    do throws(LiveSource.Problem) {
      _ = try LiveSource.parse(source, follows: follow)
    } catch {
      throw ValidationError("\(error)")
    }
    if process != nil || bufferSize != 4096, source != "kvm" {
      throw ValidationError("--pid and --buffer belong to the source kvm")
    }
    guard 8...(1 << 22) ~= bufferSize else {
      throw ValidationError("--buffer \(bufferSize) is not between 8 and 4194304")
    }
  }

  /// The source, and how it is read.
  ///
  /// - Parameter samplesRings: guest memory is looked at when something happens, soon after it.
  func live(samplesRings: Bool) throws -> (source: LiveSource, options: LiveOptions) {
    let source = try LiveSource.parse(source, follows: follow)
    var options = LiveOptions()
    options.bufferSize = bufferSize
    if source == .kvm { options.process = try MachineChoice.process(process) }
    if samplesRings { options.interval = 1 }
    return (source, options)
  }
}
