/// One row of a register table, whatever the transport.
struct RegisterFacts: Sendable {
  let name: String
  let access: RegisterAccess
  let introducedIn: SpecVersion
  let requiredFeature: Int?

  init(
    _ name: String, _ access: RegisterAccess, since introducedIn: SpecVersion,
    requires requiredFeature: Int? = nil
  ) {
    self.name = name
    self.access = access
    self.introducedIn = introducedIn
    self.requiredFeature = requiredFeature
  }
}
