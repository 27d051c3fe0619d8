import Foundation
import Testing

@testable import Recordings

/// What QEMU's monitor and the system tell of memory, and what vtrace says when it may not read it.
@Suite struct QEMUTextTests {
  @Test func memoryIsThatOfTheProcessors() {
    let text = """
      FlatView #0
       AS "I/O", root: io
       Root memory region: io
        0000000000000000-0000000000000007 (prio 0, i/o): dma-chan

      FlatView #1
       AS "memory", root: system
       AS "cpu-memory-0", root: system
       Root memory region: system
        0000000000000000-000000000009ffff (prio 0, ram): mem0 KVM
        00000000000a0000-00000000000bffff (prio 1, i/o): vga-lowmem
        00000000000c0000-00000000000dffff (prio 0, rom): mem0 @00000000000c0000 KVM
        00000000000e0000-000000007fffffff (prio 0, ram): mem0 @00000000000e0000 KVM
        00000000fd000000-00000000fdffffff (prio 1, ramd): 0000:01:00.0 BAR 1 mmaps[0]
        00000000fe000000-00000000fe0fffff (prio 0, romd): system.flash0
        0000000100000000-00000001ffffffff (prio 0, ram): mem0 @0000000080000000
        0000000200000000-000000023fffffff (prio 0, nv-ram): /objects/nv
        zzzz-0000000000000001 (prio 0, ram): mem0
        0000000000000002-0000000000000001 (prio 0, ram): mem0

      FlatView #2
       AS "cpu-smm-0", root: memory
        0000000000000000-000000007fffffff (prio 0, ram): other
      """
    #expect(
      FlatRange.memory(of: text) == [
        FlatRange(start: 0, last: 0x9_ffff, region: "mem0", offset: 0),
        FlatRange(start: 0xc_0000, last: 0x7fff_ffff, region: "mem0", offset: 0xc_0000),
        FlatRange(
          start: 0x1_0000_0000, last: 0x1_ffff_ffff, region: "mem0", offset: 0x8000_0000),
        FlatRange(start: 0x2_0000_0000, last: 0x2_3fff_ffff, region: "/objects/nv", offset: 0),
      ])
    #expect(FlatRange.memory(of: "unknown command: 'info mtree'\n") == [])
  }

  @Test func lineOfAMap() {
    let shared = ProcessMap.Mapping(
      line: "7f20a0000000-7f20b0000000 rw-s 00001000 00:1a 27                /dev/shm/a b")
    #expect(shared?.start == 0x7f20_a000_0000 && shared?.end == 0x7f20_b000_0000)
    #expect(shared?.isShared == true && shared?.offset == 0x1000)
    #expect(shared?.file == FileIdentity(device: 0x1a, inode: 27))
    let anonymous = ProcessMap.Mapping(line: "7f20a0000000-7f20b0000000 rw-p 00000000 00:00 0")
    #expect(anonymous?.isShared == false && anonymous?.file == nil && anonymous != nil)
    for line in ["", "1-2", "2-1 rw-p 0 00:00 0", "1-2 rw-p x 00:00 0", "1-2 rw-p 0 00 0"] {
      let isRefused = ProcessMap.Mapping(line: line[...]) == nil
      #expect(isRefused, "\(line)")
    }
  }

  @Test func ownProcessIsFoundAndRead() throws {
    let scratch = try Scratch()
    let path = try scratch.file("ram", [UInt8](repeating: 7, count: 0x3000))
    let file = try MappedFile(sharing: path)
    let address = file.bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    let process = ProcessInfo.processInfo.processIdentifier
    let map = try #require(ProcessMap(of: process))
    let mapping = try #require(map.mapping(of: UInt64(address), count: 0x3000))
    #expect(mapping.file == FileIdentity(path: path) && mapping.isShared)
    #expect(map.mapping(of: UInt64(address), count: 1 << 46) == nil)
    // Lines end at 512 bytes, and are read again only after a refresh.
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 4096)
    defer { room.deallocate() }
    room.copyBytes(from: [UInt8](repeating: 1, count: 4096))
    let start = Int(bitPattern: room.baseAddress)
    let memory = try ProcessMemory(of: process)
    #expect(memory.bytes(in: start + 500..<start + 600).count == 12)
    #expect(Array(memory.bytes(in: start..<start + 4)) == [1, 1, 1, 1])
    room[0] = 2
    #expect(memory.bytes(in: start..<start + 1).first == 1)
    memory.refresh()
    #expect(memory.bytes(in: start..<start + 1).first == 2)
    #expect(memory.bytes(in: 0..<4).isEmpty && memory.bytes(in: -4..<4).isEmpty)
    withExtendedLifetime(file.byteCount) {}
  }

  @Test func aMissingRightIsNamedWithItsRemedy() {
    var missing = MissingRight(
      peer: .init(process: 42, user: 7), user: 1000, traceScope: nil, region: "pc.ram",
      file: "it lies in none", kind: .refused("Permission denied"))
    #expect(missing.text.contains("trace process 42 of user 7 (PTRACE_MODE_ATTACH) is missing"))
    #expect(missing.text.contains("Run vtrace as root or as user 7 or with CAP_SYS_PTRACE"))
    #expect(missing.text.contains("memory-backend-file"))
    (missing.user, missing.traceScope) = (7, 1)
    #expect(missing.text.contains("set kernel.yama.ptrace_scope to 0"))
    #expect(!missing.text.contains("as user 7 or"))
    missing.traceScope = 3
    #expect(!missing.text.contains("Run vtrace") && missing.text.contains("memory-backend-file"))
    missing.kind = .notTheMachine
    #expect(missing.text.contains("process 42 of user 7, which listens at the socket, does not"))
    missing.peer?.process = 0
    #expect(missing.text.contains("another PID namespace"))
  }
}
