/// A record for each of the first four feature words.
///
/// A plain struct of four, so that it is bitwise copyable as the session's other marks are.
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
