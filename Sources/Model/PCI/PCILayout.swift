public import VirtioSpec

/// What the configuration space of a session's function says, as its facts told it.
///
/// Made of transactions alone, as the rest of a session is.
public struct PCILayout: Sendable {
  public private(set) var identity: PCIIdentity?
  public private(set) var identityAt: RecordReference = .none
  public private(set) var bars: [PCIBar] = []
  /// In the order of the list.
  public private(set) var capabilities: [Entry] = []
  public private(set) var messages = PCIMessages()
  public private(set) var messagesAt: RecordReference = .none
  /// The list was read to its end, and each capability's type with it.
  public private(set) var isComplete = false

  /// A capability with the record that showed the last of it.
  public struct Entry: Sendable, BitwiseCopyable {
    public var capability: PCICapability
    public var reference: RecordReference
  }

  /// There is room for 48 capabilities in a list.
  static var limit: Int { 64 }

  public init() {}

  /// Takes a fact; what it says outweighs what was told of the same thing before.
  mutating func take(_ step: Transaction) {
    switch step.kind {
    case .pciIdentity:
      identity = PCIIdentity(step)
      identityAt = step.reference
    case .pciBAR:
      let bar = PCIBar(step)
      bars.removeAll { $0.index == bar.index }
      if bars.count < 6 { bars.append(bar) }
    case .pciCapability:
      let entry = Entry(capability: PCICapability(step), reference: step.reference)
      let known = capabilities.firstIndex {
        $0.capability.position == entry.capability.position
      }
      if let known {
        capabilities[known] = entry
      } else if capabilities.count < Self.limit {
        capabilities.append(entry)
      }
    case .pciMessages:
      messages = PCIMessages(step)
      messagesAt = step.reference
    default: isComplete = true
    }
  }

  /// The base address register, where it was read.
  public func bar(_ index: Int) -> PCIBar? { bars.first { $0.index == index } }

  /// The capabilities of a type, in the order of the list.
  public func all(_ type: PCICapabilityType) -> [Entry] {
    capabilities.filter { $0.capability.type == type.rawValue }
  }

  /// The first capability of a type.
  public func first(_ type: PCICapabilityType) -> Entry? {
    capabilities.first { $0.capability.type == type.rawValue }
  }
}

extension Session {
  /// What configuration space says; empty on other transports.
  public internal(set) var layout: PCILayout {
    get { layoutBox?.value ?? PCILayout() }
    set { layoutBox = LayoutBox(newValue) }
  }

  /// Takes a fact, which is no step of the session's life.
  mutating func applyFact(_ step: Transaction) {
    layout.take(step)
    if step.kind == .pciMessages, let isEnabled = PCIMessages(step).isEnabled {
      messagesEnabled = isEnabled ? .yes : .no
    }
  }
}

/// In a box, so that a session stays small: few rules ask.
final class LayoutBox: Sendable {
  let value: PCILayout

  init(_ value: PCILayout) { self.value = value }
}
