internal import Model
internal import Wire

/// What a section says of one of its interfaces, and what its packets came to.
struct PcapngInterface {
  /// The value of `if_description` that marks the encapsulation.
  static var mark: String { "vtrace-access/1" }

  var linkType: LinkType
  var snapLength: UInt32
  var scale: PcapngTimeScale
  /// Whether its packets are encapsulated accesses.
  var carriesAccesses: Bool
  /// Name, description and comments, for a person.
  var remarks: [String] = []
  /// Packets of another link type.
  var foreign: (count: UInt64, first: UInt64) = (0, 0)
  /// Packets that the statistics say were lost, and that the packets themselves say were.
  var statedDrops: UInt64 = 0
  var countedDrops: UInt64 = 0
  /// Whether an option was not as it should be.
  var isDamaged = false

  init(_ block: InterfaceDescription, number: Int) {
    linkType = LinkType(number: Int(block.linkType))
    snapLength = block.snapLength
    var name: String?
    var description: String?
    var resolution: UInt8 = 6
    var offset: Int64 = 0
    var options = block.options
    while let option = options.next() {
      switch option.code {
      case InterfaceDescription.nameOption:
        name = Self.text(option.value)
      case InterfaceDescription.descriptionOption:
        description = Self.text(option.value)
      case PcapngOptions.comment:
        remarks.append("comment on interface \(number): \(Self.text(option.value))")
      case InterfaceDescription.resolutionOption where option.value.byteCount >= 1:
        resolution = option.value.byte(at: 0)
      case InterfaceDescription.offsetOption where option.value.byteCount >= 8:
        offset = option.value.integer(at: 0, bigEndian: block.bigEndian)
      case InterfaceDescription.resolutionOption, InterfaceDescription.offsetOption:
        isDamaged = true
      default:
        break
      }
    }
    isDamaged = isDamaged || options.isDamaged
    scale = PcapngTimeScale(resolution: resolution, offsetSeconds: offset)
    carriesAccesses = linkType == .user0 || (linkType.isUser && description == Self.mark)
    if let remark = Self.remark(number: number, name: name, description: description) {
      remarks.insert(remark, at: 0)
    }
  }

  private static func remark(number: Int, name: String?, description: String?) -> String? {
    let described = description == mark ? nil : description
    guard name != nil || described != nil else { return nil }
    return "interface \(number): "
      + [name, described].compactMap { $0 }.joined(separator: ", ")
  }

  /// The text of an option, without the zero bytes that some writers put behind it.
  static func text(_ value: RawSpan) -> String {
    var count = value.byteCount
    while count > 0, value.byte(at: count - 1) == 0 { count -= 1 }
    return value.extracting(first: count).text
  }
}
