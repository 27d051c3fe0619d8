import ArgumentParser

/// `vtrace live`: a running guest, or whatever a live source brings, on the screen.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a running guest in the terminal.",
    discussion: """
      SOURCE is kvm (the kernel's tracepoints, in a tracing instance of vtrace's own), a file with \
      --follow, a FIFO, or - for standard input, of any format; or sysfs, the virtio devices of the \
      machine that vtrace itself runs in.

      Space freezes the screen, G follows what comes, ? shows all keys. docs/live.md says what each \
      source shows. Exit status: 0 at the end, 2 the job could not be done (a right is missing, which \
      is then named).
      """)

  @OptionGroup var source: SourceOptions

  @Flag(help: "Leave memory alone: --qmp tells where devices are, and rings are not read.")
  var noRings = false

  @OptionGroup var options: ViewOptions

  func validate() throws {
    if noRings, source.monitor == nil { throw ValidationError("--no-rings needs --qmp") }
  }

  func run() throws { try LiveJob(options: self).run() }
}
