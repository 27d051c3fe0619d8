import Model

/// What stands before a trace whose fence says `running`: the device is initialized and its queues
/// are set up, so that the trace can begin with what it is about.
struct RunningSetting {
  var isWanted = false
  /// Entries of each queue.
  var size: UInt64 = 8
  var queues: UInt64 = 1
  /// Administration queues, behind the others.
  var admin: UInt64 = 0
  /// Feature bits that are offered and accepted beside VERSION_1.
  var features: [UInt64] = []

  /// Where the areas of a queue lie: its descriptors 0x10000 bytes from those of the one before.
  static func descriptors(of queue: UInt64) -> UInt64 { 0x10_0000 &+ queue &* 0x1_0000 }

  /// The steps of the initialization, as text.
  func lines(for transport: String, _ interface: Transaction.Interface) -> [String] {
    interface == .legacy ? legacyLines(transport) : modernLines(transport)
  }

  private func words(_ bits: [UInt64]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 2)
    for bit in bits where bit < 64 { words[Int(bit / 32)] |= 1 << (bit % 32) }
    return words
  }

  private func featureLines(_ bits: [UInt64]) -> [String] {
    words(bits).enumerated().flatMap { word, value in
      [
        "R device_feature[\(word)] 0x\(String(value, radix: 16))",
        "W driver_feature[\(word)] 0x\(String(value, radix: 16))",
      ]
    }
  }

  private func modernLines(_ transport: String) -> [String] {
    var lines = transport == "ccw" ? ["W revision 2", "reset"] : ["W status 0x00"]
    lines += ["R status 0x00", "W status 0x01", "W status 0x03"]
    lines += featureLines(features + (admin > 0 ? [32, 41] : [32]))
    lines += ["W status 0x0b", "R status 0x0b"]
    if admin > 0 { lines += ["R admin_queue_index \(queues)", "R admin_queue_num \(admin)"] }
    for queue in 0..<queues &+ admin {
      let name = "queue[\(queue)]"
      let place = Self.descriptors(of: queue)
      lines += [
        "R \(name).size \(size)", "W \(name).size \(size)",
        "W \(name).desc \(place)", "W \(name).driver \(place &+ 0x8000)",
        "W \(name).device \(place &+ 0xa000)", "W \(name).enable 1",
      ]
    }
    return lines + ["W status 0x0f"]
  }

  private func legacyLines(_ transport: String) -> [String] {
    var lines = transport == "ccw" ? ["W revision 0", "reset"] : ["W status 0x00"]
    lines += ["R status 0x00", "W status 0x01", "W status 0x03"]
    lines += Array(featureLines(features).prefix(2))
    for queue in 0..<queues {
      let name = "queue[\(queue)]"
      lines += [
        "R \(name).size \(size)",
        "W \(name).pfn \(Self.descriptors(of: queue) / 4096)",
      ]
    }
    return lines + ["W status 0x07"]
  }
}
