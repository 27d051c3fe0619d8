/// Why the memory of a running QEMU cannot be read, and what helps.
struct MissingRight: Error {
  /// The process and user of QEMU; nil or 0 where the socket does not tell.
  var peer: LocalSocket.Peer?
  /// Who asks.
  var user: UInt32
  /// `kernel.yama.ptrace_scope`; nil where the system has none.
  var traceScope: Int?
  /// The memory region, and why it cannot be read by a file.
  var region: String
  var file: String
  var kind: Kind

  enum Kind {
    /// The system refused to let the process be read, and said this.
    case refused(String)
    /// The process that listens at the socket does not hold the guest's memory.
    case notTheMachine
  }

  /// The whole message: what is missing, then what to do.
  var text: String {
    "guest memory \"\(region)\" cannot be read: by a file, because \(file); "
      + "from QEMU's process, because \(process). \(remedy)"
  }

  private var process: String {
    guard let peer, peer.process > 0 else {
      return "the process at the other end of the socket is not visible from here (another PID "
        + "namespace)"
    }
    let name = "process \(peer.process) of user \(peer.user)"
    switch kind {
    case .notTheMachine: return "\(name), which listens at the socket, does not hold that memory"
    case .refused(let message):
      return "the right to trace \(name) (PTRACE_MODE_ATTACH) is missing: \(message)\(scope)"
    }
  }

  private var scope: String {
    switch traceScope {
    case 1?: "; kernel.yama.ptrace_scope is 1, which lets a process trace its children only"
    case 2?: "; kernel.yama.ptrace_scope is 2, which lets none trace without CAP_SYS_PTRACE"
    case 3?: "; kernel.yama.ptrace_scope is 3, which lets nobody trace"
    default: ""
    }
  }

  private var remedy: String {
    let shared =
      "start QEMU with -object memory-backend-file,id=ram,size=SIZE,mem-path=/dev/shm/FILE,share=on "
      + "-machine memory-backend=ram and give vtrace the right to read that file"
    guard let peer, peer.process > 0 else { return "Run vtrace where QEMU runs, or \(shared)" }
    switch kind {
    case .notTheMachine: return "Name QEMU's own socket, or \(shared)"
    case .refused:
      if traceScope == 3 { return "To have a file: \(shared)" }
      let scope = traceScope == 1 ? ", or set kernel.yama.ptrace_scope to 0" : ""
      let who = user == peer.user ? "as root" : "as root or as user \(peer.user)"
      return "Run vtrace \(who) or with CAP_SYS_PTRACE\(scope), or \(shared)"
    }
  }
}
