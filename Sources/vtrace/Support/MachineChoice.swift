import ArgumentParser
import Recordings

/// Which virtual machine is meant where nobody said it.
enum MachineChoice {
  /// The process to watch; nil for every machine, where none runs yet.
  static func process(_ named: Int32?) throws -> Int32? {
    if let named { return named }
    let machines = VirtualMachine.all()
    switch machines.count {
    case 0:
      StandardError.write(
        "vtrace: no process has /dev/kvm open yet: every machine that starts is watched\n")
      return nil
    case 1: return machines[0].process
    default: return try ask(machines)
    }
  }

  private static func ask(_ machines: [VirtualMachine]) throws -> Int32 {
    var text = "vtrace: several processes have /dev/kvm open:\n"
    for machine in machines { text += "  \(machine.process)  \(machine.command)\n" }
    guard StandardStreams.inputIsTerminal, StandardStreams.errorIsTerminal else {
      StandardError.write(text + "choose one with --pid\n")
      throw ExitCode(2)
    }
    StandardError.write(text + "which process? ")
    guard let line = readLine(), let number = Int32(line.filter { $0 != " " }),
      machines.contains(where: { $0.process == number })
    else {
      StandardError.write("vtrace: that is none of them; choose one with --pid\n")
      throw ExitCode(2)
    }
    return number
  }
}
