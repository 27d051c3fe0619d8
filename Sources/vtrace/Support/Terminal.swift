import Recordings
import Reports

/// What the standard streams are.
enum Terminal {
  /// Colours when asked for, or when standard output is a terminal and NO_COLOR is not set.
  static func style(_ option: ColorOption) -> Style {
    switch option {
    case .always: Style(isColoured: true)
    case .never: Style(isColoured: false)
    case .auto: Style(isColoured: StandardStreams.outputIsTerminal && !StandardStreams.noColor)
    }
  }
}
