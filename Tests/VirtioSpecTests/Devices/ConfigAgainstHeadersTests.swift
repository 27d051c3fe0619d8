import Testing
import VirtioSpec

/// Configuration spaces against the structures in Linux's headers, laid out like a compiler does.
@Suite struct ConfigAgainstHeadersTests {
  /// Constants that other headers define.
  private static let borrowed = ["ETH_ALEN": 6]

  /// Members that the header calls by another name, or splits in another way.
  private static let renamed = [
    "wce": "writeback", "unused": "unused0", "nb_queues": "num_queues",
    "padding": "reserved", "free_page_report_cmd_id": "free_page_hint_cmd_id",
  ]

  @Test(arguments: [
    (DeviceType.net, "virtio_net", "virtio_net_config"),
    (.blk, "virtio_blk", "virtio_blk_config"),
    (.console, "virtio_console", "virtio_console_config"),
    (.balloon, "virtio_balloon", "virtio_balloon_config"),
    (.scsi, "virtio_scsi", "virtio_scsi_config"),
    (.gpu, "virtio_gpu", "virtio_gpu_config"),
    (.input, "virtio_input", "virtio_input_config"),
    (.vsock, "virtio_vsock", "virtio_vsock_config"),
    (.crypto, "virtio_crypto", "virtio_crypto_config"),
    (.iommu, "virtio_iommu", "virtio_iommu_config"),
    (.mem, "virtio_mem", "virtio_mem_config"),
    (.sound, "virtio_snd", "virtio_snd_config"),
    (.fs, "virtio_fs", "virtio_fs_config"),
    (.pmem, "virtio_pmem", "virtio_pmem_config"),
    (.gpio, "virtio_gpio", "virtio_gpio_config"),
  ])
  func fieldsLieWhereTheCompilerPutsThem(
    type: DeviceType, header: String, name: String
  ) throws {
    let constants = try CHeader.constants(header).merging(Self.borrowed) { own, _ in own }
    let structure = try CStructure(name, in: CHeader.text(header), constants: constants)
    #expect(!structure.leaves.isEmpty)
    for leaf in structure.leaves {
      let same = type.configFields.filter { $0.offset == leaf.offset && matches($0, leaf) }
      let field = try #require(same.first, "\(leaf) has no field at its offset")
      #expect(field.width == leaf.width, "\(leaf)")
      #expect(field.count == leaf.count, "\(leaf)")
    }
    // The specification may have grown since; it never shrinks.
    #expect(type.configSize >= structure.size)
  }

  private func matches(_ field: ConfigField, _ leaf: CStructure.Leaf) -> Bool {
    func last(_ name: String) -> String {
      name.split(separator: ".").last.map(String.init) ?? name
    }
    let name = last(leaf.name)
    return [name, Self.renamed[name] ?? name].contains(last(field.name))
  }

  /// The layout itself must be right for the test to mean anything: a structure with padding, a
  /// packed one and a union, with the numbers that gcc gives for them.
  @Test func layoutFollowsTheCompiler() throws {
    let text = """
      struct inner { __u8 a; __le32 b; };
      struct outer { struct inner one; union { __u8 c[5]; __le16 d; } two; __le64 e, f; };
      struct tight { __u8 a; __le64 b; } __attribute__((packed));
      """
    let outer = try CStructure("outer", in: text, constants: [:])
    #expect(
      outer.leaves.map { "\($0.name)@\($0.offset)" } == [
        "one.a@0", "one.b@4", "two.c@8", "two.d@8", "e@16", "f@24",
      ])
    #expect(outer.size == 32)
    let tight = try CStructure("tight", in: text, constants: [:])
    #expect(tight.leaves.map(\.offset) == [0, 1])
    #expect(tight.size == 9)
  }
}
