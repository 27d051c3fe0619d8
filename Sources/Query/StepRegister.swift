import Model

/// What reads, writes and steps about rings are about, as `register` and `ring` name it: the words
/// of the text form, with `queue_` before what belongs to a queue.
enum StepRegister {
  private static let parts: [(Transaction.Kind, String)] = [
    (.readDeviceFeatures, "device_feature"), (.readDriverFeatures, "driver_feature"),
    (.writeDriverFeatures, "driver_feature"), (.readQueueSize, "queue_size"),
    (.readConfig, "config"), (.writeConfig, "config"), (.readRegister, "register"),
    (.writeRegister, "register"), (.readPCIConfig, "pci_config"), (.writePCIConfig, "pci_config"),
    (.readWindow, "window"), (.writeWindow, "window"), (.readReservedArea, "area"),
    (.writeReservedArea, "area"), (.readOutside, "outside"), (.writeOutside, "outside"),
    (.assignBAR, "bar"), (.writeMSIXEntry, "msix_entry"),
  ]

  /// The name for each kind that has one.
  private static let nameOfKind: [Transaction.Kind: String] = {
    var all = Transaction.names
    for (kind, field) in Transaction.queueFields { all[kind] = "queue_\(field)" }
    for (kind, name) in parts { all[kind] = name }
    return all
  }()

  private static let areas = Transaction.areaNames.map { "queue_\($0)" }
  private static let maximum = "queue_max_size"

  static let names: [String] = Set(nameOfKind.values).union(areas).union([maximum]).sorted()
  static let ringNames: [String] = Set(Transaction.ringNames.values).sorted()

  /// What the specification calls the same things, on one transport or the other.
  static let otherNames: [String: String] = [
    "device_status": "status", "device_features": "device_feature",
    "driver_features": "driver_feature", "host_features": "device_feature",
    "guest_features": "driver_feature", "queue_num": "queue_size",
    "queue_num_max": maximum, "queue_size_max": maximum, "queue_ready": "queue_enable",
    "queue_sel": "queue_select", "queue_address": "queue_pfn", "queue_avail": "queue_driver",
    "queue_used": "queue_device", "queue_msix_vector": "queue_vector",
    "config_msix_vector": "config_vector", "interrupt_status": "isr", "isr_status": "isr",
    "magic_value": "magic", "queue_notif_config_data": "queue_notify_config_data",
  ]

  /// Places in `names` by kind, `none` for a kind without a name; the three areas and the maximum
  /// are told apart by the step.
  private static let numbers: [UInt16] = table(nameOfKind, in: names)
  private static let ringNumbers: [UInt16] = table(Transaction.ringNames, in: ringNames)
  private static let areaNumbers = areas.map { names.firstIndex(of: $0) ?? 0 }
  private static let maximumNumber = names.firstIndex(of: maximum) ?? 0
  private static var none: UInt16 { .max }

  private static func table(_ words: [Transaction.Kind: String], in names: [String]) -> [UInt16] {
    var table = [UInt16](repeating: none, count: 256)
    for (kind, word) in words {
      table[Int(kind.rawValue)] = names.firstIndex(of: word).map { UInt16($0) } ?? none
    }
    return table
  }

  /// The number of the step's register in `names`.
  static func number(of step: Transaction) -> UInt64? {
    switch step.kind {
    case .readQueueAddress, .writeQueueAddress:
      return UInt64(areaNumbers[Int(min(step.index, 2))])
    case .readQueueSize where step.index == 1: return UInt64(maximumNumber)
    default:
      let number = numbers[Int(step.kind.rawValue)]
      return number == none ? nil : UInt64(number)
    }
  }

  /// The number of the ring's part in `ringNames`.
  static func ringNumber(of step: Transaction) -> UInt64? {
    let number = ringNumbers[Int(step.kind.rawValue)]
    return number == none ? nil : UInt64(number)
  }
}
