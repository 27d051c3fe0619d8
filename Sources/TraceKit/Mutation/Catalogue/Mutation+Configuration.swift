import Model
import VirtioSpec

extension Mutation {
  /// Faults about the device configuration.
  ///
  /// Spec: 2.5
  static let configuration: [Mutation] = [
    Mutation("config.generation-loop", "never reads the generation around a field of two parts") {
      life in
      guard life.hasModernRegisters, let ready = life.setting(.driverOK) else { return [] }
      let generations = life.all(.readConfigGeneration)
      let parts = life.steps.filter {
        $0.kind == .readConfig && $0.number > ready.number && life.field(of: $0)?.width == 8
          && $0.step.width == 4
      }
      guard !generations.isEmpty, parts.count > 1,
        zip(parts, parts.dropFirst()).contains(where: { $1.step.index == $0.step.index + 4 })
      else { return [] }
      return [Fault(generations.flatMap { life.drop($0) })]
    },
    Mutation("config.generation-loop", "goes on with what it read while the generation changed") {
      life in life.torn { $0.count > 1 }
    }.entails(
      "config.no-assume-atomic-wide", "config.no-assume-atomic-multi", because: "the same reads"),
    Mutation(
      "config.no-assume-atomic-wide", "takes two halves that changed meanwhile for one field"
    ) { life in
      life.torn { reads in
        reads.count == 2 && reads.allSatisfy { life.field(of: $0)?.width == 8 }
      }
    },
    Mutation("config.no-assume-atomic-multi", "takes fields that changed meanwhile for one piece") {
      life in
      life.torn { reads in Set(reads.compactMap { life.field(of: $0)?.offset }).count > 1 }
    },
    Mutation("config.check-feature-before-optional", "reads a field whose feature is not offered") {
      life in
      guard life.transport != .ccw, life.session.previous == nil else { return [] }
      return life.faults(life.all(.readConfig)) { read in
        guard let field = life.field(of: read), field.onlyIf.count == 1,
          life.session.offered.contains(field.onlyIf[0]),
          !life.isSweep(read)
        else { return nil }
        return life.lacking(field.onlyIf[0])
      }
    },
    Mutation("config.dev-readable-before-features-ok", "refuses a read before FEATURES_OK") {
      life in
      guard life.isModern, life.transport == .ccw, let commit = life.setting(.featuresOK),
        let read = life.first(.readConfig, where: { $0.number > commit.number })
      else { return [] }
      return [
        Fault([
          life.insert(copyOf: read, before: commit.access) {
            $0.flags.insert(.commandReject)
            $0.code |= 0x0e << 16
          }
        ])
      ]
    },
  ]
}

extension Life {
  /// The field of the configuration that a step reads or writes.
  func field(of step: Step) -> ConfigField? {
    session.profile.type?.configField(at: Int(step.step.index), in: .latest)?.field
  }

  /// Whether the read goes on from one that ends where it begins, as a tool that dumps all does.
  fileprivate func isSweep(_ read: Step) -> Bool {
    let before = steps.prefix(read.number).last { $0.kind == .readConfig }
    return before.map { $0.step.index + UInt32($0.step.width) == read.step.index } ?? false
  }

  /// The generation changes behind reads that `isWanted` names, and nothing is read again.
  fileprivate func torn(_ isWanted: ([Step]) -> Bool) -> [Fault] {
    guard hasModernRegisters else { return [] }
    let generations = all(.readConfigGeneration)
    return zip(generations, generations.dropFirst()).compactMap { first, second in
      let inside = between(first, second)
      let reads = inside.filter { $0.kind == .readConfig }
      guard first.value == second.value, isWanted(reads),
        !inside.contains(where: { [.writeStatus, .kick, .writeConfig].contains($0.kind) }),
        !steps.contains(where: { step in
          step.number > second.number && step.kind == .readConfig
            && reads.contains { $0.step.index == step.step.index }
        }), steps.contains(where: { $0.number > second.number && $0.kind == .writeStatus })
      else { return nil }
      return setAll(generations.filter { $0.number >= second.number }) {
        $0.value &+ 1 & 0xff
      }.map(Fault.init)
    }
  }
}
