/// One row of the table of device types.
struct DeviceFacts: Sendable {
  let name: String
  let title: String
  /// The version whose table of ids first has it.
  let listedIn: SpecVersion
  let section: String?
  /// The version that first describes it, nil where none does.
  let introducedIn: SpecVersion?
  let transitionalPCIID: UInt16?

  init(
    _ name: String, _ title: String, listed listedIn: SpecVersion, section: String? = nil,
    since introducedIn: SpecVersion? = nil, transitional: UInt16? = nil
  ) {
    self.name = name
    self.title = title
    self.listedIn = listedIn
    self.section = section
    self.introducedIn = introducedIn
    transitionalPCIID = transitional
  }
}
