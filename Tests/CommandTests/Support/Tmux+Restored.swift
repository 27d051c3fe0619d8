import Foundation
import Testing

extension Tmux {
  /// Remembers how the terminal is, for `expectRestored`.
  func remember() throws { try run("stty -a > \(folder.path("before")); clear") }

  /// The shell is there again, and everything that a screen changes is as it was.
  func expectRestored(status: String) throws {
    try wait(until: "alternate_on", is: "0")
    try run("echo status=$?")
    try wait(for: "status=\(status)\n")
    #expect(try fact("cursor_flag") == "1")
    #expect(try fact("mouse_any_flag") == "0")
    #expect(try fact("keypad_cursor_flag") == "0")
    try run("clear; stty -a > \(folder.path("after")); echo writ''ten")
    try wait(for: "written\n")
    #expect(try folder.read("after") == folder.read("before"))
  }
}
