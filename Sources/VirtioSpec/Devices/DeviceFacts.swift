/// One row of the table of device types.
struct DeviceFacts: Sendable {
  let name: String
  let title: String
  let section: String?
  let transitionalPCIID: UInt16?

  init(_ name: String, _ title: String, section: String? = nil, transitional: UInt16? = nil) {
    self.name = name
    self.title = title
    self.section = section
    transitionalPCIID = transitional
  }
}
