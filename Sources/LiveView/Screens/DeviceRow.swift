import Model
import Query
import Reports
import Rules
import Terminal
import VirtioSpec

extension ViewState {
  private static let statusLetters: [(DeviceStatus, String)] = [
    (.acknowledge, "A"), (.driver, "D"), (.featuresOK, "F"), (.driverOK, "O"), (.suspend, "S"),
    (.needsReset, "N"), (.failed, "X"),
  ]

  /// The names above the columns of `deviceLine`.
  var deviceHeader: String {
    "device".fitted(deviceColumns)
      + " type      over status   kick/s  irq/s flight findings  features"
  }

  /// The line of a device.
  func deviceLine(_ device: DeviceState, number: Int) -> [Run] {
    var runs = [
      Run(device.id.fitted(deviceColumns) + " "), Run(device.typeName.fitted(10)),
      Run(device.transportName.fitted(5), Look.dim),
    ]
    for (bit, letter) in Self.statusLetters {
      let isSet = device.status.contains(bit)
      let isBad = bit == .needsReset || bit == .failed
      runs.append(
        Run(isSet ? letter : "·", isSet ? isBad ? Look.problem : Look.lit : Look.dim))
    }
    let rate = rates(of: device)
    runs.append(Run(" " + Times.short(rate.kicks).aligned(7), CellStyle(.green)))
    runs.append(Run(" " + Times.short(rate.interrupts).aligned(6), CellStyle(.yellow)))
    runs.append(Run(" " + (device.inFlight.map(Times.short) ?? "-").aligned(6)))
    let counts = findings.counts(of: Int32(clamping: number))
    let style =
      counts.errors > 0
      ? Look.severity(.error) : counts.warnings > 0 ? Look.severity(.warning) : Look.dim
    runs.append(Run(" " + (counts.text.isEmpty ? "-" : counts.text).fitted(9) + " ", style))
    runs.append(Run(featureText(of: device), Look.dim))
    return runs
  }

  /// Kicks and interrupts a second: now, while records come; over all when they have ended.
  private func rates(of device: DeviceState) -> (kicks: UInt64, interrupts: UInt64) {
    snapshot.input.hasEnded ? device.rates.mean : device.rates.lastSecond(at: snapshot.lastTime)
  }

  private func featureText(of device: DeviceState) -> String {
    let isAccepted = device.accepted.isKnownAtAll
    guard isAccepted || device.offered.isKnownAtAll else { return "" }
    let set = isAccepted ? device.accepted : device.offered
    let names = set.shortNames(of: device.type, isLegacy: device.interface == .legacy)
    return (isAccepted ? "" : "offered ") + names.joined(separator: " ")
  }

  /// Draws the devices, with a line of names above.
  func drawDevices(_ grid: inout CellGrid, _ frame: Rectangle) {
    grid.put([Run(deviceHeader, Look.header)], line: 0, in: frame)
    for line in 0..<max(frame.rows - 1, 0) {
      let number = devices.top + line
      guard number < deviceLineCount else { break }
      if snapshot.devices.indices.contains(number) {
        grid.put(deviceLine(snapshot.devices[number], number: number), line: line + 1, in: frame)
      } else if let socket = socket(at: number) {
        grid.put(socketLine(socket), line: line + 1, in: frame)
      }
      if number == subjectDeviceNumber {
        grid.select(line: line + 1, in: frame, isFocused: focus == .devices)
      }
    }
    if deviceLineCount == 0 {
      grid.put([Run("no device yet", Look.dim)], line: 1, in: frame)
    }
  }
}
