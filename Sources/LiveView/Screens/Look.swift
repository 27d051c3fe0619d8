import Model
import Rules
import Terminal

/// The styles of the screens, in one place.
enum Look {
  static let bar = CellStyle(.standard, on: .standard, .reverse)
  static let title = CellStyle(.gray)
  static let focusedTitle = CellStyle(.cyan, .bold)
  static let header = CellStyle(.gray)
  static let dim = CellStyle(.gray)
  static let strong = CellStyle(.standard, on: .standard, .bold)
  static let lit = CellStyle(.green, .bold)
  static let problem = CellStyle(.red, .bold)
  static let note = CellStyle(.cyan)

  static func severity(_ severity: Severity) -> CellStyle {
    switch severity {
    case .error: CellStyle(.red, .bold)
    case .warning: CellStyle(.yellow, .bold)
    case .note: CellStyle(.cyan, .bold)
    }
  }

  /// The style of a filter that is being typed.
  static func filter(_ look: ViewState.FilterLook) -> CellStyle {
    switch look {
    case .valid: CellStyle(.green, .bold)
    case .incomplete: CellStyle(.yellow, .bold)
    case .invalid: CellStyle(.red, .bold)
    }
  }

  /// The style of a transaction by what it is about.
  static func kind(_ step: Transaction) -> CellStyle {
    switch step.kind {
    case .readStatus, .writeStatus, .reset, .machineEvent: CellStyle(.magenta)
    case .selectDeviceFeatures, .selectDriverFeatures, .readDeviceFeatures, .readDriverFeatures,
      .writeDriverFeatures:
      CellStyle(.cyan)
    case .kick: CellStyle(.green)
    case .interrupt, .ccwInterrupt, .readISR, .acknowledgeInterrupt: CellStyle(.yellow)
    case .eventsLost, .historyLost: CellStyle(.red)
    case .selectQueue, .readQueueSize, .writeQueueSize, .readQueueAddress, .writeQueueAddress,
      .readQueueEnable, .writeQueueEnable, .readQueuePFN, .writeQueuePFN, .writeQueueAlign,
      .readQueueReset, .writeQueueReset, .readQueueVector, .writeQueueVector:
      CellStyle(.blue)
    default: step.isFact ? CellStyle(.gray) : .plain
    }
  }
}

extension CellStyle {
  init(_ foreground: Color, _ attributes: Attributes) {
    self.init(foreground, on: .standard, attributes)
  }
}
