// swift-format-ignore-file
// Lines are as long as what is said.

/// Filters that are wrong, and what is said of them.
enum QueryProblemCases {
  static let all: [(String, String)] = [
    ("", "column 1: expected a field, the filter ends"),
    ("queu == 1", "column 1: expected a field, found 'queu'; did you mean 'queue'?"),
    ("queue == x", "column 10: expected a number, decimal or with 0x, found 'x'"),
    ("queue =", "column 7: expected a field, a value or an operator, found '='; did you mean '=='?"),
    ("type == blkk", "column 9: expected a device type such as blk, or its number, found 'blkk'; did you mean 'blk'?"),
    ("kind == kicked", "column 9: expected a value of kind: read, write, kick, interrupt, reset, ring, command, subchannel, completion, fact, lost, machine, found 'kicked'; did you mean 'kick'?"),
    ("register == stauts", "column 13: expected a value of register, found 'stauts'; did you mean 'status'?"),
    ("feature == VERSION1", "column 12: expected a feature such as VERSION_1, or the number of its bit, found 'VERSION1'; did you mean 'VERSION_1'?"),
    ("time > soon", "column 8: expected a time such as 1.5, 20ms or 3us, found 'soon'"),
    ("time & 1", "column 6: expected one of == != < <= > >= in behind time, found '&'"),
    ("device < a", "column 8: expected one of == != contains matches in behind device, found '<'"),
    ("rejected == 1", "column 10: expected && or || (rejected is true or false), found '=='"),
    ("queue == 1 type == blk", "column 12: expected && or ||, found 'type'"),
    ("queue type", "column 7: expected &&, || or one of == != < <= > >= & in behind queue, found 'type'"),
    ("queue in 1", "column 10: expected { and a set of values, found '1'"),
    ("queue in {1 2}", "column 13: expected , or }, found '2'"),
    ("queue in {4..2}", "column 14: expected a value that is not below the first of the range, found '2'"),
    ("(queue == 1", "column 12: expected && or || or ), the filter ends"),
    ("text matches \"a(\"", "column 14: expected a regular expression (Unmatched ( or \\(), found 'a('"),
    ("text matches '(a)\\1'", "column 14: expected a regular expression without references back, found '(a)\\1'"),
    ("text matches 'a{200}{200}'", "column 14: expected a regular expression that repeats at most 256 times in all, found 'a{200}{200}'"),
    ("text matches \"a", "column 16: expected \" to close the text that begins in column 14, the filter ends"),
    ("finding == core.init.ack-than-driver", "column 12: expected the id of a rule, or its beginning up to a dot, found 'core.init.ack-than-driver'; did you mean 'core.init.ack-then-driver'?"),
    ("config == capcity", "column 11: expected a field of a device configuration, found 'capcity'; did you mean 'capacity'?"),
    ("queue == 99999999999999999999", "column 10: expected a number, decimal or with 0x, found '99999999999999999999'"),
    ("status == DRIVER_KO", "column 11: expected a number or flags such as DRIVER_OK, found 'DRIVER_KO'; did you mean 'DRIVER_OK'?"),
  ]
}
