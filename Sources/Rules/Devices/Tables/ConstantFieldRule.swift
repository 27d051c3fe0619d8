import Model
import VirtioSpec

/// A rule that fields of a device's configuration keep their values.
///
/// Within a life only: between two lives the whole machine may have been reset or moved, which a
/// recording of accesses need not show.
protocol ConstantFieldRule: ConfigRule {
  static var fields: [ConfigSpan] { get }
  /// One for each field, and where it was read last.
  var readings: [FieldReading] { get set }
  var places: [RecordReference] { get set }
}

extension ConstantFieldRule {
  mutating func judge(_ step: Transaction, in session: Session) -> Judgement {
    guard step.kind == .readConfig else {
      if step.kind == .eventsLost || step.kind == .machineEvent { forget() }
      return .silent
    }
    for (number, field) in Self.fields.enumerated() where field.overlaps(step) {
      while readings.count <= number {
        readings.append(FieldReading())
        places.append(.none)
      }
      let before = readings[number].last
      guard let now = readings[number].take(step, field, session) else { continue }
      let place = places[number]
      places[number] = step.reference
      guard let before else { continue }
      guard before != now else { return .held }
      return .broken(
        "device changes \(field.name) from \(Self.text(before)) to \(Self.text(now))",
        Evidence(place, "device gives \(field.name) \(Self.text(before))"))
    }
    return .silent
  }

  private mutating func forget() {
    readings = []
    places = []
  }

  private static func text(_ value: FieldValue) -> String {
    switch value {
    case .certain(let number): "\(number)"
    case .either(let little, _): "\(little)"
    }
  }
}
