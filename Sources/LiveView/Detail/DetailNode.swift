import Terminal

/// A line of the detail, with those below it.
struct DetailNode {
  var text: String
  var style: CellStyle
  /// Names the node among its siblings, so that it stays folded on the next line, too.
  var key: String
  var startsOpen: Bool
  var children: [DetailNode]

  init(
    _ text: String, _ style: CellStyle = .plain, key: String? = nil, startsOpen: Bool = true,
    _ children: [DetailNode] = []
  ) {
    self.text = text
    self.style = style
    self.key = key ?? text
    self.startsOpen = startsOpen
    self.children = children
  }
}

/// A line of the detail as it is shown.
struct DetailLine {
  var text: String
  var style: CellStyle
  /// The path of keys; nil where there is nothing to fold.
  var path: String?
}
