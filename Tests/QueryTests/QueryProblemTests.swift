import Query
import Testing

/// What is said of filters that are wrong.
@Suite struct QueryProblemTests {
  @Test(arguments: QueryProblemCases.all)
  func saysWhereAndWhat(filter: String, text: String) {
    #expect(problem(filter)?.description == text)
  }

  @Test func marksThePlace() throws {
    let text = "type == blkk"
    #expect(problem(text)?.marked(in: text) == "  type == blkk\n          ^~~~")
  }

  /// A filter that is still being typed is told from one that is wrong.
  @Test(arguments: ["", "queue", "queue ==", "queue in {1,", "(queue == 1", "text ~ \"a", "!"])
  func unfinishedIsNotWrong(filter: String) {
    #expect(problem(filter)?.isIncomplete ?? true)
  }

  @Test(arguments: ["queu ", "queue == ==", "queue == 1 )", "type == blkk"])
  func wrongIsWrong(filter: String) {
    #expect(problem(filter)?.isIncomplete == false)
  }

  @Test func nestingAndLengthAreBounded() {
    let deep = String(repeating: "!", count: 60) + "queue"
    #expect(problem(deep) == nil)
    for count in [65, 1000, 4000] {
      #expect(problem(String(repeating: "!", count: count) + "queue") != nil)
      let opened = String(repeating: "(", count: count / 2)
      #expect(problem(opened + String(repeating: "(", count: count / 2) + "queue") != nil)
    }
    #expect(problem(String(repeating: " ", count: 5000))?.column == 4097)
    let many = Array(repeating: "queue", count: 256).joined(separator: "&&")
    #expect(problem(many) == nil)
    #expect(problem(many + "&&queue") != nil)
  }
}
