/// A word, a string or a sign of a filter, with its place.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    /// A name, a number or anything else without blanks and signs.
    case word
    /// A text in quotation marks; `text` is what is in them.
    case string
    case sign
    case end
  }

  var kind: Kind
  var text: String
  /// In characters from 0.
  var start: Int
  var length: Int

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }
}
