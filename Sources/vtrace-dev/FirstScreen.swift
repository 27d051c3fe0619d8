import ArgumentParser
import Foundation
import Model
import Recordings
import TraceKit

/// Opens a large recording in `vtrace view`, and measures how soon something is seen.
struct FirstScreen: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how soon vtrace view shows a large recording.",
    discussion: """
      The recording is pcapng of a running virtio-mmio block device among foreign accesses. The time \
      is from the start of the program to the output that shows the device.
      """)

  @Option(help: "The program.")
  var program = ".build/release/vtrace"

  @Option(help: "Bytes of the recording, at least.")
  var size = 1_000_000_000

  @Option(help: "How often it is opened.")
  var runs = 5

  func run() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pcapng")
      .path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try write(file)
    let bytes = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    print("\(bytes) bytes, terminal of 200 by 60")
    var times: [Double] = []
    for _ in 0..<max(runs, 1) {
      let start = ContinuousClock.now
      let terminal = try SoakTerminal(program: program, arguments: ["view", file])
      try terminal.wait(for: "mmio@0x")
      times.append((ContinuousClock.now - start) / .seconds(1))
      terminal.end()
    }
    times.sort()
    let texts = times.map { String(format: "%.0f ms", $0 * 1000) }
    print("first screen: \(texts[times.count / 2]) (\(texts[0]) to \(texts[times.count - 1]))")
  }

  private func write(_ file: String) throws {
    var traffic = Traffic(seed: 42)
    var writer = try PcapngWriter(path: file, interface: "first-screen")
    var batch: [Access] = []
    // A register access takes 60 bytes as a packet.
    for _ in 0..<size / (60 * 4096) + 1 {
      batch.removeAll(keepingCapacity: true)
      for _ in 0..<4096 { batch.append(traffic.step()) }
      writer.receive(batch.span, payload: RawSpan())
    }
    try writer.finish()
  }
}
