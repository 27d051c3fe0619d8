/// Breaks `words` into lines of at most `width` columns.
func wrap(_ words: [String], width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in words {
    if !line.isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? word : " " + word
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}

/// `count` of something, in words: `1 record`, `3 records`; `several` where that ends in no `s`.
func counted(_ count: some BinaryInteger, _ noun: String, _ several: String? = nil) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(several ?? "\(noun)s")"
}

/// `text` filled to `width` columns.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// `text` moved to the right end of `width` columns.
func aligned(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
