import Testing
import vtrace_dev

@Suite struct GeneratedFilesTests {
  /// Fails when somebody edits a table without generating, or a generated file by hand.
  @Test func areWhatTheTablesSay() throws {
    #expect(try SpecGenerator(root: packageRoot).staleFiles() == [])
  }

  /// The same for the pages of the rules.
  @Test func pagesAreWhatTheFolderSays() throws {
    #expect(try PageGenerator(root: packageRoot).staleFiles == [])
  }
}
