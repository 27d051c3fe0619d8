public import Model
public import VirtioSpec

/// One transaction a line, in columns that fit 100 characters: record, time since the first one,
/// device, the transaction, and after `;` what its value means.
public struct TransactionLine: Sendable {
  private let start: Int64

  /// `start` is the time from which the times are counted.
  public init(start: Int64) { self.start = start }

  /// The line for `step`, which `device` has not taken yet.
  public func text(_ step: Transaction, of device: Device) -> String {
    var line = aligned("\(step.reference.record)", 8) + " "
    line += aligned(seconds(step.reference.time &- start), 14) + " "
    line += padded(device.id, 13) + " "
    let isChain = step.kind == .bufferAvailable || step.isAdminStep || step.isRequestStep
    line += padded(step.text + step.toldText(in: device.current), 34)
    let meaning = step.meaning(in: device.current)
    guard !meaning.isEmpty else {
      let text = String(line.trimmingSpaces())
      return isChain ? Self.fitted(text) : text
    }
    if step.isRequestStep, line.count + 3 + meaning.count > Self.width {
      // Their words are many, and the meaning is the shortest of what they come to.
      let room = Self.width - 3 - meaning.count
      if room > 60 { return Self.fitted(line, Int(room)) + " ; \(meaning)" }
    }
    return Self.fitted("\(line) ; \(meaning)")
  }

  /// The columns that a line may take.
  static var width: Int { 100 }

  /// `line` cut to the width between two words; what is left out is in the other formats.
  private static func fitted(_ line: String, _ width: Int = width) -> String {
    guard line.count > width else { return line }
    let head = line.prefix(width - 2)
    guard let space = head.lastIndex(of: " ") else { return String(head) + " …" }
    return head[..<space] + " …"
  }
}

extension String {
  fileprivate func trimmingSpaces() -> Substring {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return self[..<end]
  }
}

extension Transaction {
  /// What a chain or an administration command says beside its step, as further words.
  func toldText(in session: Session) -> String {
    isAdminStep || isRequestStep || kind == .bufferAvailable ? toldText(session.told) : ""
  }

  /// The same for who kept what was told.
  public func toldText(_ told: ToldChain) -> String {
    if isAdminStep { return told.admin?.text ?? "" }
    guard isRequestStep else { return told.text }
    return told.payload?.text(isAnswer: kind == .requestAnswered) ?? ""
  }

  /// What the value means to a person; empty where the number says it all.
  func meaning(in session: Session) -> String {
    meaning(
      of: session.profile.type, isLegacy: session.isLegacy, request: request(in: session),
      told: session.told)
  }

  /// The same for who has no session any more: `request` is the chain that a used buffer ends,
  /// `told` what the step said beside its value.
  public func meaning(
    of type: DeviceType?, isLegacy: Bool, request: RingChain?, told: ToldChain?
  ) -> String {
    guard hasValue else { return "" }
    switch kind {
    case .readStatus, .writeStatus:
      return DeviceStatus(rawValue: UInt8(truncatingIfNeeded: value)).describing
    case .readDeviceFeatures, .readDriverFeatures, .writeDriverFeatures:
      var set = FeatureSet()
      set.update(word: index, value: value, mask: mask)
      return set.shortNames(of: type, isLegacy: isLegacy).joined(separator: " ")
    case .readISR, .acknowledgeInterrupt:
      let names = [(1, "queue"), (2, "configuration")].filter { value & $0.0 != 0 }.map(\.1)
      return names.joined(separator: "|")
    case .readConfig, .writeConfig:
      return type?.configField(at: Int(index))?.0.name ?? ""
    case .readDeviceID:
      let type = DeviceType(rawValue: UInt32(truncatingIfNeeded: value))
      return value == 0 ? "no device" : type.isKnown ? type.name : ""
    case .readVersion: return value == 1 ? "legacy" : ""
    case .readOutside, .writeOutside:
      return mask == 0 ? "in no virtio structure" : "no virtio capability"
    case .bufferUsed: return request.map(text(ending:)) ?? ""
    case .adminResult: return told?.result?.command.opcode.name ?? ""
    case .requestMade, .requestAnswered:
      guard let payload = told?.payload else { return "" }
      return SocketPacket(payload, at: reference)?.text
        ?? payload.meaning(isAnswer: kind == .requestAnswered)
    case .writeQueueVector, .readQueueVector, .writeConfigVector, .readConfigVector:
      return value == 0xffff ? "no vector" : ""
    default: return ""
    }
  }
}
