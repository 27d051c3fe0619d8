/// A record for each of the first four feature words.
///
/// A plain struct, for a session that holds an inline array is released once too often when a
/// closure captures it (Swift 6.3.1, debug builds).
public struct WordReferences: Sendable, BitwiseCopyable {
  private var first = RecordReference.none
  private var second = RecordReference.none
  private var third = RecordReference.none
  private var fourth = RecordReference.none

  public init() {}

  /// The record for `word`; none for a word beyond the fourth.
  public subscript(word: Int) -> RecordReference {
    get {
      switch word {
      case 0: first
      case 1: second
      case 2: third
      case 3: fourth
      default: .none
      }
    }
    set {
      switch word {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      case 3: fourth = newValue
      default: break
      }
    }
  }
}
