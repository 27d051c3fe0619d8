import Foundation

/// The memory of one stopped guest, as QEMU dumps it in both of its forms.
final class DumpedGuest {
  private let scratch: Scratch
  /// An ELF core, which no page is missing from.
  let core: String
  /// A kdump-compressed dump, flattened as QEMU 7.2 writes it.
  let flattened: String
  /// The same as makedumpfile puts it in order.
  let compressed: String

  init() throws {
    scratch = try Scratch()
    core = scratch.path("core")
    flattened = scratch.path("flattened")
    compressed = scratch.path("compressed")
    try run("/usr/bin/python3", ["-c", Self.talk, core, flattened])
    try run("makedumpfile", ["-R", compressed], input: flattened)
  }

  /// Lets firmware write something, and stops it.
  private static let talk = """
    import json, subprocess, sys, time
    words = "qemu-system-x86_64 -nodefaults -no-user-config -display none -machine pc,accel=tcg"
    p = subprocess.Popen((words + " -m 2 -qmp stdio").split(), text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdout.readline()
    def ask(name, **arguments):
        p.stdin.write(json.dumps({"execute": name, "arguments": arguments}) + "\\n")
        p.stdin.flush()
        answer = {}
        while "return" not in answer:
            answer = json.loads(p.stdout.readline())
            if "error" in answer: sys.exit(str(answer))
    ask("qmp_capabilities")
    time.sleep(1)
    ask("stop")
    for path, form in zip(sys.argv[1:], ("elf", "kdump-zlib")):
        ask("dump-guest-memory", paging=False, protocol="file:" + path, format=form)
    ask("quit")
    p.wait()
    """
}
