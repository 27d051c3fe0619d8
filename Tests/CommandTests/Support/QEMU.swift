import Foundation
import Glibc

/// A QEMU that a test started, without a network and without a screen; it is ended with its owner.
final class QEMU {
  private let process = Process()
  private let errors: URL
  let folder: URL
  var socket: String { folder.appending(path: "qmp").path }
  var identifier: Int32 { process.processIdentifier }

  /// Starts QEMU with a disk of 1 MiB; what begins with `FOLDER` is a path in a folder of its own.
  ///
  /// - Parameters:
  ///   - speed: bytes a second of the disk.
  ///   - prepare: makes what has to be in the folder before QEMU starts.
  init(
    _ arguments: [String], speed: Int? = nil, files: [String: [UInt8]] = [:],
    accelerator: String = "tcg", prepare: (URL) throws -> Void = { _ in }
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "vtrace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    errors = folder.appending(path: "errors")
    try Data().write(to: errors)
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    try Data(Self.bootSector + [UInt8](repeating: 0, count: (1 << 20) - 512))
      .write(to: folder.appending(path: "disk"))
    try prepare(folder)
    let limit = speed.map { ",throttling.bps-total=\($0)" } ?? ""
    process.executableURL = URL(filePath: "/usr/bin/qemu-system-x86_64")
    process.arguments =
      [
        "-nodefaults", "-display", "none", "-accel", accelerator,
        "-qmp", "unix:\(socket),server=on,wait=off",
        "-drive", "if=none,id=disk,format=raw,readonly=on,file=\(folder.path)/disk\(limit)",
      ] + arguments.map { $0.replacingOccurrences(of: "FOLDER", with: folder.path) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    // The socket has its name before anybody listens.
    for _ in 0..<200 where process.isRunning && !answers {
      Thread.sleep(forTimeInterval: 0.05)
    }
    guard process.isRunning, answers else {
      throw Failure(text: "QEMU did not start: \(try String(contentsOf: errors, encoding: .utf8))")
    }
  }

  /// Whether somebody listens at the socket.
  private var answers: Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(socket.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    } == 0
  }

  struct Failure: Error { var text: String }

  deinit {
    // This process and no other.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Reads 127 sectors from the disk to 0x10000, again and again.
  private static var bootSector: [UInt8] {
    var code: [UInt8] = [
      0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xd0, 0xbc, 0x00, 0x7c, 0xfb,  // a stack below 0x7c00
      0xb8, 0x00, 0x10, 0x8e, 0xc0,  // es = 0x1000
      0xb8, 0x7f, 0x02, 0x31, 0xdb, 0xb9, 0x02, 0x00, 0xb6, 0x00,  // read 127, sector 2, head 0
      0xcd, 0x13, 0xeb, 0xf2,  // INT 13h, and again
    ]
    code += [UInt8](repeating: 0, count: 510 - code.count)
    return code + [0x55, 0xaa]
  }
}
