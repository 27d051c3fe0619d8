/// What stands for each entry of the scripted drivers, by case and position.
enum ScriptedExpectation: Sendable {
  /// The rule whose finding is due there (as the finding's own or in its `also`).
  case rule(String)
  /// A rule whose finding is due in the recordings of KVM alone: QEMU's log shows an access of 64
  /// bits as the two that it makes of it.
  case inTraces(String)
  /// A statement of the catalogue that no rule judges yet.
  case later(String)
  /// The rings' memory shows it, and these recordings have none: nothing may be found.
  case unseen(String)

  var id: String {
    switch self {
    case .rule(let id), .inTraces(let id), .later(let id), .unseen(let id): id
    }
  }
}

/// The order within a case is that of its `expect`.
let scriptedExpectations: [String: [ScriptedExpectation]] = [
  "bad-msix-vector": [.rule("pci.msix.drv-no-vector-beyond-table")],
  "clears-status-bit": [.rule("core.status.no-clear-bits")],
  "config-generation-torn": [.rule("config.generation-loop")],
  "config-write-before-features-ok": [.rule("core.init.no-config-write-before-features-ok")],
  "driver-ok-without-features-ok": [.rule("core.init.features-ok-set")],
  "feature-not-offered": [.rule("feature.accept-subset-of-offered")],
  "features-after-features-ok": [.rule("core.init.no-new-features-after-features-ok")],
  "features-ok-refused-ignored": [.rule("core.init.stop-if-features-refused")],
  "features-then-legacy": [
    .rule("feature.version1.drv-accept"), .rule("rfc.fallback.no-legacy-after-modern"),
  ],
  "legacy-bad-feature": [.rule("legacy.feature.bit30-not-negotiated")],
  "legacy-with-version-1": [.rule("rfc.detect.drv-transport-specific")],
  "mixed-legacy-and-modern": [
    .later("legacy.mode.obey-legacy-sections"), .later("legacy.mode.obey-legacy-sections"),
  ],
  "mmio-ack-bits-not-set": [.rule("mmio.irq.ack-handled")],
  "mmio-legacy-no-page-size": [.rule("legacy.mmio.page-size-before-queues")],
  "mmio-legacy-queue-ready": [
    .rule("mmio.access.known-offsets"), .rule("legacy.init.drv-sequence"),
  ],
  "mmio-legacy-register-on-modern": [.rule("mmio.access.known-offsets")],
  "mmio-narrow": [
    .rule("mmio.access.control-32bit"), .rule("mmio.access.control-32bit"),
  ],
  "mmio-notify-before-driver-ok": [.rule("core.init.no-kick-before-driver-ok")],
  "mmio-queue-ready-twice": [.rule("mmio.queue.no-config-when-ready")],
  "mmio-reads-write-only": [
    .rule("mmio.access.no-read-write-only"), .rule("mmio.access.no-write-read-only"),
  ],
  "needs-reset-avail-jump": [.unseen("split.avail.outstanding-max")],
  "needs-reset-desc-loop": [
    .unseen("split.desc.no-loop"), .rule("core.status.no-rely-after-needs-reset"),
  ],
  "needs-reset-no-reset": [
    .unseen("split.avail.head-in-range"), .rule("core.status.no-rely-after-needs-reset"),
  ],
  "no-readback-after-features-ok": [.rule("core.init.reread-features-ok")],
  "notify-before-driver-ok": [.rule("core.init.no-kick-before-driver-ok")],
  "notify-disabled-queue": [.rule("core.init.queues-enabled-at-driver-ok")],
  "notify-wrong-value": [.rule("pci.kick.value-index")],
  "pci-cap-window": [
    .rule("pci.cfgcap.drv-offset-multiple"), .rule("pci.cfgcap.drv-length-1-2-4"),
  ],
  "queue-addr-after-enable": [.rule("pci.common.queue-config-before-enable")],
  "queue-before-features-ok": [.rule("core.init.sequence-order")],
  "queue-enable-zero": [.rule("pci.common.queue-enable-no-zero")],
  "queue-size-not-pow2": [.rule("pci.common.queue-size-power-of-two")],
  "queue-size-too-big": [.rule("pci.queue.size-not-above-max")],
  "reset-not-awaited": [.rule("core.reset.drv-wait-status-zero")],
  "selects-missing-queue": [.rule("pci.queue.skip-size-zero")],
  "skips-reset": [.rule("core.init.reset-first")],
  "unaligned-ring": [.rule("split.align.parts")],
  "used-ring-unaligned": [.rule("split.align.parts")],
  "writes-read-only": [
    .rule("pci.common.no-write-read-only"), .rule("pci.common.no-write-read-only"),
    .rule("pci.common.no-write-read-only"),
  ],
  "wrong-width-64": [.inTraces("pci.access.wide-as-32"), .inTraces("pci.access.wide-as-32")],
  "wrong-width-narrow": [
    .rule("pci.access.natural-width"), .rule("pci.access.natural-width"),
    .rule("pci.access.natural-width"),
  ],
]
