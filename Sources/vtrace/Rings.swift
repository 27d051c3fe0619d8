import ArgumentParser
import Model
import Recordings
import Reports

/// `vtrace rings`: what is in every virtqueue.
struct Rings: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is in every virtqueue, at the end of a recording or at any moment of it.",
    discussion: """
      Where the queues lie, their sizes and features come from the last session of each device in \
      the recording, or from --queue. The rings themselves are read from --memory; the memory \
      records of the recording lie on top of it. A running QEMU tells of its devices itself: \
      `vtrace rings --memory qmp:SOCKET` needs nothing else.
      """)

  @Argument(help: "The recording; - for standard input.", completion: .file())
  var file: String?

  @Option(
    name: .customLong("memory"),
    help: """
      Guest memory: sparse:PATH (VRAM1 pages), elf:PATH (an ELF core or a kdump-compressed dump), \
      file:PATH[:OFFSET][@ADDRESS[+LENGTH]] (a raw image), or qmp:SOCKET (a running QEMU, by its \
      QMP unix socket); repeatable, later ones on top.
      """)
  var memory: [String] = []

  @Option(
    help: """
      Show the rings as they were at a record (its number), or at a time of the recording (seconds, \
      as in 12.5 or 3s).
      """)
  var at: String?

  @Option(
    name: .customLong("queue"),
    help: "A queue by hand: desc=,driver=,device=,size=[,packed][,big][,event]; repeatable.")
  var queues: [QueueOption] = []

  @Option(name: .customLong("device"), help: "Show only this device; repeatable.")
  var devices: [String] = []

  @Option(help: "How to print.")
  var format = FormatOption.text

  @Flag(help: "Dump the beginning of every pending buffer (text).")
  var hex = false

  @Flag(help: "Walk every slot of a split queue's available ring, stale ones too (JSON).")
  var slots = false

  @Option(help: "Colour the output.")
  var color = ColorOption.auto

  @Option(name: .customLong("hint"), help: "Read device hints from a JSON file; repeatable.")
  var hints: [String] = []

  enum FormatOption: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func validate() throws {
    do throws(MemorySource.Problem) {
      for text in memory { _ = try MemorySource.parse(text) }
    } catch {
      throw ValidationError("--memory \(error)")
    }
    if file == nil, queues.isEmpty, !memory.contains(where: { $0.hasPrefix("qmp:") }) {
      throw ValidationError("give a recording, queues with --queue, or a running QEMU (qmp:)")
    }
    if let at {
      guard RecordingPosition(at) != nil else {
        throw ValidationError(
          "--at '\(at)' is neither the number of a record nor a time in seconds")
      }
      if file == nil { throw ValidationError("--at needs a recording") }
    }
  }

  func run() throws {
    guard let deviceHints = HintFiles.read(hints) else { throw ExitCode(2) }
    let source = try CombinedMemory(memory.map { try MemorySource.parse($0) })
    var job = RingsJob(memory: memory, slots: slots, hex: hex)
    var sink = RingsSink(over: source, upTo: at.flatMap(RecordingPosition.init), hints: deviceHints)
    if let file { try job.read(file, into: &sink, only: devices) }
    job.add(queues, in: sink.memory)
    if file == nil, queues.isEmpty {
      for machine in source.machines { try job.read(machine, only: devices, in: source) }
    }
    let output = Output()
    output.write(format == .json ? job.report.json : job.report.text(Terminal.style(color)))
    output.flush()
  }
}
