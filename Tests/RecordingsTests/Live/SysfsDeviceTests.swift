import Foundation
import Testing

@testable import Recordings

/// The virtio devices that a guest's kernel shows.
@Suite struct SysfsDeviceTests {
  /// Makes a device as the kernel lays it out, behind a link that leads to its parent.
  private func make(
    _ name: String, parent: String, _ files: [String: String], driver: String?, in scratch: Scratch
  ) throws {
    let manager = FileManager.default
    let place = "\(parent)/\(name)"
    let folder = scratch.directory.appending(path: "devices/\(place)")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for (file, text) in files {
      try Data((text + "\n").utf8).write(to: folder.appending(path: file))
    }
    let bus = scratch.directory.appending(path: "bus")
    try manager.createDirectory(at: bus, withIntermediateDirectories: true)
    try manager.createSymbolicLink(
      atPath: bus.appending(path: name).path, withDestinationPath: "../devices/\(place)")
    guard let driver else { return }
    try manager.createSymbolicLink(
      atPath: folder.appending(path: "driver").path,
      withDestinationPath: "../../bus/virtio/drivers/\(driver)")
  }

  private var bits: String {
    String(repeating: "0", count: 6) + "1" + String(repeating: "0", count: 25) + "1"
      + String(repeating: "0", count: 95)
  }

  @Test func devicesAsTheKernelShowsThem() throws {
    let scratch = try Scratch()
    let whole = ["device": "0x0002", "vendor": "0x1af4", "status": "0x0000000f", "features": bits]
    try make("virtio10", parent: "0000:00:04.0", whole, driver: "virtio_blk", in: scratch)
    try make("virtio9", parent: "c0001000.virtio_mmio", whole, driver: nil, in: scratch)
    let broken = whole.merging(["features": "10x"]) { $1 }
    try make("virtio1", parent: "p", broken, driver: nil, in: scratch)
    try make("virtio2", parent: "p", whole.filter { $0.key != "status" }, driver: nil, in: scratch)
    try make(
      "virtio3", parent: "p", whole.merging(["device": "2"]) { $1 }, driver: nil, in: scratch)
    let root = scratch.path("bus")
    let devices = try SysfsDevice.all(root: root)
    #expect(devices.map(\.name) == ["virtio9", "virtio10"])
    let disk = try #require(devices.last)
    #expect(disk.parent == "0000:00:04.0" && disk.driver == "virtio_blk")
    #expect(disk.type == 2 && disk.vendor == 0x1af4 && disk.status == 0x0f)
    #expect(disk.features == [0x1_0000_0040, 0])
    #expect(devices[0].driver == nil && devices[0].parent == "c0001000.virtio_mmio")
    // What is true later is told later.
    try Data("0x00000000\n".utf8).write(
      to: scratch.directory.appending(path: "devices/0000:00:04.0/virtio10/status"))
    #expect(try SysfsDevice.all(root: root).last?.status == 0)
  }

  @Test func aMachineWithoutTheBusIsToldSo() {
    let error = #expect(throws: RecordingError.self) {
      try SysfsDevice.all(root: "/nonexistent")
    }
    #expect(error?.description.contains("shows no virtio devices of its own") == true)
  }

  /// The kernel names type and vendor once more, in the name by which it finds a driver.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: SysfsDevice.root)))
  func agreesWithTheKernelsOwnName() throws {
    let devices = try SysfsDevice.all()
    let names = try FileManager.default.contentsOfDirectory(atPath: SysfsDevice.root)
    #expect(Set(devices.map(\.name)) == Set(names))
    for device in devices {
      let alias = try String(
        contentsOfFile: "\(SysfsDevice.root)/\(device.name)/modalias", encoding: .utf8)
      let name = String(format: "virtio:d%08Xv%08X\n", device.type, device.vendor)
      #expect(alias == name)
      let features = try String(
        contentsOfFile: "\(SysfsDevice.root)/\(device.name)/features", encoding: .utf8)
      #expect(
        features.filter { $0 == "1" }.count
          == device.features.reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }
}
