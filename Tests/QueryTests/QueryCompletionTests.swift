import Query
import Testing
import VirtioSpec

/// What a filter bar offers.
@Suite struct QueryCompletionTests {
  @Test(arguments: [
    ("", "record"), ("que", "queue"), ("queue == 1 && ty", "type"), ("!(dev", "device"),
    ("type == b", "blk"), ("type == \"b", "blk"), ("queue ", "=="), ("queue == 1 ", "&&"),
    ("kind in {", "read"), ("kind in {read, ki", "kick"), ("kind in {read", "read"),
    ("kind in ", "{"), ("status & DRIVER_", "DRIVER_OK"), ("status & DRIVER | FA", "FAILED"),
    ("feature == VERS", "VERSION_1"), ("finding == core.init.ack", "core.init.ack-then-driver"),
    ("device == ", "0000:00:03.0"), ("severity >= w", "warning"), ("config == cap", "capacity"),
    ("register == queue_s", "queue_select"), ("rejected ", "&&"), ("kind in {read ", ","),
  ])
  func offers(prefix: String, candidate: String) {
    let completion = Query.complete(prefix, devices: ["0000:00:03.0"])
    #expect(completion.candidates.map(\.text).contains(candidate), "\(prefix)")
  }

  @Test(arguments: ["queu ", "type == blkk ", "queue == 1 )", "xyz"])
  func offersNothingBehindAMistake(prefix: String) {
    #expect(Query.complete(prefix).candidates.isEmpty)
  }

  @Test func takesThePlaceOfWhatWasTyped() throws {
    let text = "queue == 1 && kin"
    let completion = Query.complete(text)
    let candidate = try #require(completion.candidates.first)
    #expect(completion.applied(candidate, to: text) == "queue == 1 && kind")
  }

  /// Whatever is offered for a value is understood.
  @Test(arguments: QueryField.allCases)
  func everyOfferIsUnderstood(field: QueryField) {
    guard field.kind != .mark else { return }
    for candidate in Query.complete("\(field.name) == ").candidates.prefix(3000) {
      #expect(problem("\(field.name) == \(candidate.text)") == nil)
    }
  }
}
