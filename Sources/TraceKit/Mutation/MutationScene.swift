import Model
import Rules
import VirtioSpec

/// A recording made ready for faults: its lives, and what is found in it as it is.
public struct MutationScene: Sendable {
  let recording: RecordedAccesses
  let lives: [Life]
  let known: Accusations
  /// Rules that are held on some device.
  public let held: Set<String>
  /// Number of each device.
  let devices: [String: Int32]

  public init(_ recording: RecordedAccesses) {
    self.recording = recording
    var analysis = Analysis()
    let steps = Self.steps(of: recording, &analysis)
    known = Accusations(analysis)
    held = Set(
      RuleSet.ids.filter { id in
        analysis.deviceSummaries.contains { $0.verdict(id) == .held }
      })
    var devices: [String: Int32] = [:]
    for number in 0..<analysis.machine.devices.count {
      devices[analysis.machine.devices[number].id] = number
    }
    self.devices = devices
    lives = Self.lives(of: recording, steps, analysis)
  }

  private static func steps(
    of recording: RecordedAccesses, _ analysis: inout Analysis
  ) -> [KeptStep] {
    nonisolated(unsafe) var steps: [KeptStep] = []
    analysis.onStep = { kept in
      unsafe steps.append(kept)
    }
    recording.analyze(into: &analysis)
    analysis.onStep = nil
    return unsafe steps
  }

  private static func lives(
    of recording: RecordedAccesses, _ steps: [KeptStep], _ analysis: Analysis
  ) -> [Life] {
    var places: [UInt64: Int] = [:]
    for (index, access) in recording.accesses.enumerated() where access.kind != .deviceHint {
      places[access.record] = index
    }
    var counts: [Int: Int] = [:]
    var grouped: [Key: [KeptStep]] = [:]
    for kept in steps {
      guard let place = places[kept.step.reference.record] else { continue }
      counts[place, default: 0] += 1
      grouped[Key(device: kept.device, session: kept.session), default: []].append(kept)
    }
    var lives: [Life] = []
    for number in 0..<analysis.machine.devices.count {
      let device = analysis.machine.devices[number]
      for session in device.sessions {
        var life = Life(
          recording: recording, device: device.id, session: session,
          lastOfDevice: device.sessions.last?.index, stepsOfAccess: counts)
        for kept in grouped[Key(device: number, session: session.index)] ?? [] {
          guard let place = places[kept.step.reference.record] else { continue }
          life.steps.append(
            Life.Step(number: life.steps.count, access: place, step: kept.step))
        }
        lives.append(life)
      }
    }
    return lives
  }

  private struct Key: Hashable {
    var device: Int32
    var session: Int
  }

  /// The places where `mutation` can be made, with the device of each.
  func places(of mutation: Mutation) -> [(device: String, fault: Fault)] {
    lives.flatMap { life -> [(device: String, fault: Fault)] in
      guard mutation.isForAnyLife || life.session.isWhole,
        !known.accuses(mutation.rule, life.device, session: life.session.index)
      else { return [] }
      return mutation.faults(life).map { (life.device, $0) }
    }
  }
}
