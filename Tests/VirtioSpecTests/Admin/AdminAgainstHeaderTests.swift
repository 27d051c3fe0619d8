import Foundation
import Testing
import VirtioSpec
import Wire

/// Administration commands against Linux's header, as the package `ziglang` of PyPI carries it
/// (`scripts/schemas`): the one of Debian is older than the commands.
@Suite struct AdminAgainstHeaderTests {
  private static func text() throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.build/schemas")
    return try CHeader.text("virtio_pci", in: folder)
  }

  private static func structure(_ name: String) throws -> CStructure {
    let text = try text()
    return try CStructure(name, in: text, constants: CHeader.constants(in: text))
  }

  @Test func opcodes() throws {
    let constants = CHeader.constants(in: try Self.text())
    var compared = 0
    for (name, value) in constants {
      let prefix = "VIRTIO_ADMIN_CMD_"
      guard name.hasPrefix(prefix),
        let opcode = AdminOpcode(named: String(name.dropFirst(prefix.count)))
      else { continue }
      #expect(Int(opcode.rawValue) == value, "\(name)")
      compared += 1
    }
    // All but MODIFY and QUERY of objects, on which the specification is not at one with itself.
    #expect(compared == AdminOpcode.names.count - 2)
    #expect(constants["VIRTIO_ADMIN_GROUP_TYPE_SELF"] == Int(AdminGroupType.own))
    #expect(constants["VIRTIO_ADMIN_GROUP_TYPE_SRIOV"] == Int(AdminGroupType.sriov))
    #expect(constants["VIRTIO_ADMIN_STATUS_OK"] == Int(AdminStatus.ok.rawValue))
    #expect(
      constants["VIRTIO_PCI_COMMON_ADM_Q_IDX"] == CommonConfigurationField.adminQueueIndex.offset)
    #expect(
      constants["VIRTIO_PCI_COMMON_ADM_Q_NUM"] == CommonConfigurationField.adminQueueNum.offset)
  }

  /// The values of status are the numbers of Linux's errors.
  @Test func statusValues() throws {
    let folder = URL(fileURLWithPath: "/usr/include/asm-generic")
    let constants = CHeader.constants(in: try CHeader.text("errno-base", in: folder))
    for (value, name) in AdminStatus.names where value != 0 {
      #expect(constants[name] == Int(value), "\(name)")
    }
  }

  /// Bytes that are each their own offset, so that a field tells where it was read.
  private static let counting = (0..<64).map(UInt8.init)

  private static func value(_ leaf: CStructure.Leaf) -> UInt64 {
    (0..<leaf.width).reduce(0) { $0 | UInt64(leaf.offset + $1) << UInt64(8 * $1) }
  }

  private func fields(_ name: String) throws -> [String: UInt64] {
    Dictionary(
      uniqueKeysWithValues: try Self.structure(name).leaves.map { ($0.name, Self.value($0)) })
  }

  @Test func commandHeader() throws {
    let fields = try fields("virtio_admin_cmd_hdr")
    let header = AdminCommandHeader(AdminBytes(Self.counting.span.bytes))
    #expect(fields["opcode"] == UInt64(header.opcode))
    #expect(fields["group_type"] == UInt64(header.groupType))
    #expect(fields["group_member_id"] == header.member)
    #expect(try Self.structure("virtio_admin_cmd_hdr").size == AdminCommandHeader.byteCount)
  }

  @Test func statusHeader() throws {
    let fields = try fields("virtio_admin_cmd_status")
    let header = AdminStatusHeader(AdminBytes(Self.counting.span.bytes))
    #expect(fields["status"] == UInt64(header.status))
    #expect(fields["status_qualifier"] == UInt64(header.qualifier))
    #expect(try Self.structure("virtio_admin_cmd_status").size == AdminStatusHeader.byteCount)
  }

  @Test func objectHeader() throws {
    let fields = try fields("virtio_admin_cmd_resource_obj_create_data")
    let header = AdminObjectHeader(AdminBytes(Self.counting.span.bytes))
    #expect(fields["hdr.type"] == UInt64(header.type))
    #expect(fields["hdr.id"] == UInt64(header.id))
    #expect(fields["flags"] == header.flags)
    #expect(
      try Self.structure("virtio_admin_cmd_resource_obj_cmd_hdr").size
        == AdminObjectHeader.byteCount)
    #expect(
      try Self.structure("virtio_admin_cmd_resource_obj_create_data").size
        == AdminObjectHeader.byteCountWithFlags)
  }

  @Test func partHeader() throws {
    let fields = try fields("virtio_dev_part_hdr")
    let header = AdminPartHeader(AdminBytes(Self.counting.span.bytes))
    #expect(fields["part_type"] == UInt64(header.type))
    #expect(fields["flags"] == UInt64(header.flags))
    #expect(fields["reserved"] == UInt64(header.reserved))
    #expect(fields["selector.pci_common_cfg.offset"] == header.selector & 0xffff_ffff)
    #expect(fields["selector.vq_index.index"] == header.selector & 0xffff)
    #expect(fields["length"] == UInt64(header.length))
    #expect(try Self.structure("virtio_dev_part_hdr").size == AdminPartHeader.byteCount)
  }

  @Test func notifyEntry() throws {
    let fields = try fields("virtio_admin_cmd_notify_info_data")
    let header = AdminNotifyHeader(AdminBytes(Self.counting.span.bytes))
    #expect(fields["flags"] == UInt64(header.flags))
    #expect(fields["bar"] == UInt64(header.bar))
    #expect(fields["offset"] == header.offset)
    #expect(
      try Self.structure("virtio_admin_cmd_notify_info_data").size == AdminNotifyHeader.byteCount)
  }
}
