import Model
import Query
public import Terminal

/// Everything that decides what the screen shows: a value, changed by keys and snapshots alone.
public struct ViewState {
  /// What is watched: `view boot.log`.
  public let title: String
  /// The source goes on while it is watched.
  public let isLive: Bool
  public internal(set) var size = Size(columns: 80, rows: 24)
  public internal(set) var snapshot = HistorySnapshot()
  public internal(set) var mode = Mode.normal
  public internal(set) var isFollowing: Bool
  public internal(set) var isFrozen = false
  /// Records that came since the screen was frozen.
  var recordsBehind: UInt64 = 0

  var focus = Pane.transactions
  /// The one of the lower panes that a small screen shows.
  var lower = Pane.detail
  var isZoomed = false
  /// The list whose line detail and rings are about.
  var subject = Pane.transactions

  var rows = RowList()
  /// The filter at work; nil for none.
  var run: QueryRun?
  /// Not everything that is kept was asked yet.
  var isFiltering = false
  var findings = FindingIndex()
  /// Those that are listed.
  var listed = ListedFindings()
  /// Number of the selected transaction, and of the first one on the screen.
  var selected: UInt64 = 0
  var top: UInt64 = 0
  var devices = ListScroll()
  var findingList = ListScroll()
  var detail = ListScroll()
  var ringLines = ListScroll()
  var helpLines = ListScroll()
  /// A finding was gone to.
  var hasShownFinding = false
  /// Columns that the transactions' text is moved to the left.
  var shift = 0
  /// Position of the queue that the rings pane shows, among those of the device.
  var queuePlace: Int?
  /// Parts of the detail that are folded against their habit.
  var toggled: Set<String> = []

  var input = LineInput()
  var message = Message.none
  var lastSearch = ""
  var search: SearchJob?
  var marks: [Unicode.Scalar: Mark] = [:]

  /// - Parameters:
  ///   - title: what is watched.
  ///   - isLive: the source goes on: the newest line is shown first.
  public init(title: String, isLive: Bool) {
    self.title = title
    self.isLive = isLive
    isFollowing = isLive
  }

  /// What the last key came to.
  enum Message: Sendable, Equatable {
    case none
    case note(String)
    case problem(String)
  }

  /// A place that has a letter.
  struct Mark: Sendable {
    var number: UInt64
    var time: Int64
  }

  /// A search that goes on in the next tick.
  struct SearchJob: Sendable {
    var text: String
    var next: UInt64
    var left: UInt64
  }
}
