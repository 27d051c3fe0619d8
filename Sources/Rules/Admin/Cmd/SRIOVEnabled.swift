import Model
import VirtioSpec

/// While a command of the SR-IOV group is out, VF Enable is set.
///
/// That VF Migration Capable is clear, which the sentence asks for as well, is the hardware's and no
/// write of a driver. LIST_QUERY is left out: a driver may ask by it whether the group is there.
///
/// Traps: a bus driver's writes to the capability may not be recorded; what was never written is not
/// known.
///
/// Spec: 2.12.1.6
struct DrvSRIOVEnabled: Rule {
  static let id = "admin.cmd.drv-sriov-vf-enabled"
  static let needsWholeLife = false
  var tally = Tally()

  func judge(_ step: Transaction, in session: Session) -> Judgement {
    if step.kind == .writeVFEnable {
      guard step.hasValue, step.value & 1 == 0,
        let command = session.admin?.inFlight.first(where: {
          Self.concerns($0)
        })
      else { return .silent }
      return .broken(
        "driver clears VF Enable while \(command.name) is not complete",
        Evidence(command.reference, "driver sends the command"))
    }
    guard step.kind == .adminCommand, let command = session.told.command, Self.concerns(command)
    else { return .silent }
    switch session.sriov.isEnabled {
    case .yes: return .held
    case .unknown: return .undecidable(.topologyNotRecorded)
    case .no:
      return .broken(
        "driver sends \(command.name) while VF Enable is clear",
        Evidence(session.sriov.enabledAt, "VF Enable is cleared"))
    }
  }

  private static func concerns(_ command: AdminCommand) -> Bool {
    command.isKnown && command.groupType == AdminGroupType.sriov && command.opcode != .listQuery
  }
}
