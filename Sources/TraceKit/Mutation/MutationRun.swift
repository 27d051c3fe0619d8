import Model
import Rules

/// Makes the faults of the catalogue in recordings, and counts what the rules catch.
public struct MutationRun: Sendable {
  /// How many places of one mutation are tried in one recording.
  public var placesPerRecording = 2
  /// How many recordings are tried for one mutation.
  public var recordingsPerMutation = Int.max
  public private(set) var trials: [MutationTrial] = []
  /// Rules that are held on a real device in some recording.
  public private(set) var held: Set<String> = []
  public private(set) var recordings = 0
  private let mutations: [Mutation]
  private let seed: UInt64
  private var tried: [Int: Int] = [:]

  /// - Parameter prefix: the beginning of the ids of the rules to break.
  public init(seed: UInt64, prefix: String = "") {
    self.seed = seed
    mutations = Mutation.catalogue.filter { $0.rule.hasPrefix(prefix) }
  }

  /// Makes faults in one recording.
  public mutating func take(_ recording: RecordedAccesses, named name: String) {
    let scene = MutationScene(recording)
    recordings += 1
    held.formUnion(scene.held)
    for (number, mutation) in mutations.enumerated() {
      guard tried[number, default: 0] < recordingsPerMutation else { continue }
      var generator = SeededGenerator(seed: seed ^ Self.hash(mutation.rule + mutation.fault + name))
      let places = scene.places(of: mutation).shuffled(using: &generator)
      guard !places.isEmpty else { continue }
      tried[number, default: 0] += 1
      for place in places.prefix(placesPerRecording) {
        trials.append(
          MutationTrial(mutation, place.fault, of: place.device, in: scene, named: name))
      }
    }
  }

  /// FNV-1a, the same on every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  public var caught: Int { trials.count { $0.isCaught } }
  public var missed: Int { trials.count { !$0.isCaught } }
  public var withUnexplained: Int { trials.count { !$0.unexplained.isEmpty } }

  /// Mutations that no recording had a place for.
  public var unplaced: [Mutation] {
    mutations.indices.filter { tried[$0] == nil }.map { mutations[$0] }
  }

  /// Rules that some recording holds and no mutation was made of.
  public var heldWithoutMutation: [String] {
    let broken = Set(trials.map(\.mutation.rule))
    return held.filter { !broken.contains($0) }.sorted()
  }
}
