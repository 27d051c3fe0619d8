import VirtioSpec

/// One register window of virtio-mmio, and what its driver selected in it.
///
/// Flat, so that the look-up of an access copies nothing to the heap.
struct MMIOWindow: Sendable {
  /// Guest-physical address of register 0.
  let base: UInt64
  /// Bytes of the window that a hint told, 0 where none did.
  var hintedSize: UInt64 = 0
  /// Bytes that the window may cover, from its neighbours.
  var size: UInt64 = MMIOWindow.defaultSize
  /// Number of the device in the device table, -1 while there is none.
  var device: Int32 = -1
  /// Whether something beside the magic value says that this is a window.
  var isConfirmed = false
  /// DeviceID was read as 0: a slot without a device.
  var isEmpty = false
  /// What the Version register said, 0 where it was not read.
  var version: UInt32 = 0
  /// Selectors and the legacy page size as last written; nil where a recording does not show them.
  var queue: UInt32?
  var deviceFeatureWord: UInt32?
  var driverFeatureWord: UInt32?
  var pageSize: UInt32 = 0
  /// Reads of the identification that came before it was clear that there is a device.
  private var early = EarlySteps()

  /// Bytes of a window of which nothing else is known: the registers, and as much configuration.
  static var defaultSize: UInt64 { 0x200 }
  /// No window is taken to be larger than a page unless a hint says so.
  static var largestSize: UInt64 { 0x1000 }

  /// A window at `base`; a driver that was seen to probe it finds its selectors at 0.
  init(base: UInt64, isProbed: Bool) {
    self.base = base
    if isProbed {
      queue = 0
      deviceFeatureWord = 0
      driverFeatureWord = 0
    }
  }

  /// Whether `address` lies in the window.
  func contains(_ address: UInt64) -> Bool {
    // Wraps to a large number below the base.
    address &- base < size
  }

  /// The interface that the Version register tells.
  ///
  /// Spec: 4.2.2, MMIO Device Register Layout; 4.2.4, Legacy interface.
  var interface: Transaction.Interface {
    switch version {
    case MMIOConstants.legacyVersion: .legacy
    case MMIOConstants.modernVersion: .modern
    default: .none
    }
  }

  /// What was selected is not known any more.
  mutating func forgetSelections() {
    queue = nil
    deviceFeatureWord = nil
    driverFeatureWord = nil
  }

  /// Keeps a read of the identification until a device is there to take it.
  mutating func hold(_ step: Transaction) {
    if early.first == nil {
      early.first = step
    } else if early.second == nil {
      early.second = step
    } else if early.third == nil {
      early.third = step
    }
  }

  /// Hands what was kept to the window's device.
  mutating func release(into steps: inout StepBuffer) {
    if let step = early.first { steps.append(step, to: device) }
    if let step = early.second { steps.append(step, to: device) }
    if let step = early.third { steps.append(step, to: device) }
    early = EarlySteps()
  }

  /// Forgets what was kept.
  mutating func forget() { early = EarlySteps() }

  /// Up to three steps in place: an array would cost every window a block on the heap.
  private struct EarlySteps: Sendable {
    var first: Transaction?
    var second: Transaction?
    var third: Transaction?
  }

  /// `mmio@0x0a003e00`
  var id: String { "mmio@" + Transaction.hexText(base, 8) }
}
