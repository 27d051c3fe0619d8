/// Where the steps of two lives stand in their alignment.
struct Positions {
  private var good: [Int] = []
  private var bad: [Int] = []
  private let end: Int

  init(_ columns: [Aligner.Column], _ goodSteps: [ComparedStep], _ badSteps: [ComparedStep]) {
    end = columns.count * 2
    for (number, column) in columns.enumerated() {
      if let place = column.good { Self.note(goodSteps[place], number, &good) }
      if let place = column.bad { Self.note(badSteps[place], number, &bad) }
    }
  }

  /// Steps that are not compared lie before the next one that is.
  private static func note(_ step: ComparedStep, _ number: Int, _ places: inout [Int]) {
    while places.count <= step.position { places.append(number * 2) }
  }

  /// The place before the step of GOOD that came as number `position` of its life.
  func inGood(_ position: Int) -> Int { position < good.count ? good[position] : end }
  func inBad(_ position: Int) -> Int { position < bad.count ? bad[position] : end }
}
