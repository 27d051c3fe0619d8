/// How to make a recording, for each source that vtrace reads.
public struct RecipeText: Sendable {
  public var name: String
  public var title: String
  /// What a recording of this kind can show.
  public var shows: String
  /// What it cannot.
  public var lacks: String
  public var steps: String

  /// The recipe as `vtrace recipe NAME` prints it.
  public var text: String {
    "# \(title)\n\n\(steps)\n\nShows: \(shows)\nDoes not show: \(lacks)\n"
  }
}

/// Every recipe.
public enum Recipes {
  public static let all = [traceCmd, ftrace, perf, qemu, qemuMMIO, ccw]

  /// The list that `vtrace recipe` prints.
  public static var overview: String {
    let width = all.map(\.name.count).max() ?? 0
    var text = ""
    for recipe in all { text += padded(recipe.name, width) + "  \(recipe.title)\n" }
    return text + "\nvtrace recipe NAME prints one of them.\n"
  }

  static let traceCmd = RecipeText(
    name: "trace-cmd", title: "KVM tracepoints of a running guest, with trace-cmd",
    shows:
      "register accesses with values, PCI configuration, kicks (also with ioeventfd), interrupts",
    lacks:
      "ring memory; values of kicks served by kvm_fast_mmio; how the guest booted, if it did so "
      + "before the recording (give device hints with --hint)",
    steps: """
      Start the recording first, then the guest, so that enumeration and negotiation are in it:

          trace-cmd record -e kvm:kvm_mmio -e kvm:kvm_fast_mmio -e kvm:kvm_pio \\
            -e kvm:kvm_msi_set_irq -e kvm:kvm_set_irq -o guest.dat
          qemu-system-x86_64 -accel kvm …          # in another terminal; end trace-cmd with Ctrl-C
          vtrace analyze guest.dat

      A busy guest loses events with small buffers: add -b 20000 (KiB for each CPU). Several guests
      on one host: add -P PID of the one that is wanted.
      """)

  static let ftrace = RecipeText(
    name: "ftrace", title: "KVM tracepoints without any tool, through tracefs",
    shows: "the same as trace-cmd, as text",
    lacks: "ring memory; events beyond the buffer's size",
    steps: """
      In an instance of its own, so that other users of tracing are not disturbed:

          cd /sys/kernel/tracing && mkdir instances/vtrace && cd instances/vtrace
          echo 20000 > buffer_size_kb
          for e in kvm_mmio kvm_fast_mmio kvm_pio kvm_msi_set_irq kvm_set_irq; do
            echo 1 > events/kvm/$e/enable; done
          cat trace_pipe > /tmp/guest.txt           # run the guest, then Ctrl-C
          cd ../.. && rmdir instances/vtrace
          vtrace analyze /tmp/guest.txt
      """)

  static let perf = RecipeText(
    name: "perf", title: "KVM tracepoints with perf",
    shows: "the same as trace-cmd, as text",
    lacks: "ring memory",
    steps: """
          perf record -a -e kvm:kvm_mmio,kvm:kvm_fast_mmio,kvm:kvm_pio \\
            -e kvm:kvm_msi_set_irq,kvm:kvm_set_irq -o guest.perf
          perf script -i guest.perf > guest.txt
          vtrace analyze guest.txt
      """)

  static let qemu = RecipeText(
    name: "qemu", title: "QEMU's own trace, virtio-pci",
    shows: "register accesses with values, PCI configuration, kicks, completions, interrupts that "
      + "QEMU raised; works without KVM and on every host",
    lacks:
      "ring memory; which of a kick and its eventfd came from the guest (add ioeventfd=off to the "
      + "device to see every kick as an access)",
    steps: """
          cat > events.txt <<'EOF'
          memory_region_ops_read
          memory_region_ops_write
          pci_cfg_read
          pci_cfg_write
          pci_update_mappings_add
          pci_update_mappings_del
          virtio_set_status
          virtio_queue_notify
          virtio_notify
          virtio_notify_irqfd
          virtqueue_pop
          virtqueue_fill
          virtqueue_flush
          EOF
          qemu-system-x86_64 … -msg timestamp=on -D guest.log -trace events=events.txt
          vtrace analyze guest.log

      memory_region_ops_* names every access of the machine; grep -v what is not virtio when the log
      grows too large, or pipe it: -D /dev/stdout … | vtrace analyze -
      """)

  static let qemuMMIO = RecipeText(
    name: "qemu-mmio", title: "QEMU's own trace, virtio-mmio",
    shows: "register accesses with values, kicks, completions",
    lacks: "ring memory; interrupts that reach the guest",
    steps: """
      As recipe qemu, on a machine with virtio-mmio (microvm; arm, riscv and m68k virt):

          qemu-system-aarch64 -M virt -cpu cortex-a57 -global virtio-mmio.force-legacy=false \\
            -device virtio-blk-device,drive=d0 … -msg timestamp=on -D guest.log -trace events=events.txt

      force-legacy=true (the default) gives Version 1, false gives Version 2.
      """)

  static let ccw = RecipeText(
    name: "ccw", title: "virtio-ccw on s390: channel programs in the vtrace encapsulation",
    shows: "channel commands with their data, rejections, revisions, indicators, hypercalls",
    lacks: "what the recorder did not write; QEMU's own trace has no payloads",
    steps: """
      QEMU's trace shows which commands ran, without their data:

          qemu-system-s390x … -msg timestamp=on -D guest.log \\
            -trace 'virtio_ccw_*' -trace 'css_*' -trace virtio_set_status -trace virtio_queue_notify

      For verdicts on features and configuration the data is needed: a recorder that sees the channel
      programs (in the hypervisor, or a device's firmware) writes a pcapng file with LINKTYPE_USER0,
      a packet a CCW, as docs/encapsulation.md describes; `vtrace analyze` reads it as it grows.
      """)
}
