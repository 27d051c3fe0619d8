/// Finds the name that somebody meant.
public enum NearestName {
  /// The name among `names` that is nearest to `text`; nil when none is near.
  public static func find(_ text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.prefix(200).utf8)
    let limit = max(2, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for name in names {
      let bytes = Array(name.utf8)
      guard abs(bytes.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, bytes)
      if distance <= limit, (distance, name) < (best?.distance ?? .max, best?.name ?? "") {
        best = (distance, name)
      }
    }
    return best?.name
  }

  /// `; did you mean 'name'?`, or nothing.
  public static func hint(_ text: String, among names: some Sequence<String>) -> String {
    find(text, among: names).map { "; did you mean '\($0)'?" } ?? ""
  }

  /// How many letters have to be put in, taken out, changed or swapped with their neighbour.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
