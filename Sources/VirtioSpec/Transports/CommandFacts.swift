/// One row of the channel command table.
struct CommandFacts: Sendable {
  let name: String
  let direction: DataDirection
  let length: Int?
  let legacyLength: Int?
  let minRevision: Int?

  init(
    _ name: String, _ direction: DataDirection, length: Int?, legacyLength: Int? = nil,
    since minRevision: Int?
  ) {
    self.name = name
    self.direction = direction
    self.length = length
    self.legacyLength = legacyLength
    self.minRevision = minRevision
  }
}
