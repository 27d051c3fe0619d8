import Model
import Wire

/// Runs accesses through a machine and keeps every transaction, by device.
struct TransactionCollector: AccessSink {
  var machine = Machine()
  var transactions: [(device: Int32, step: Transaction)] = []
  /// What configuration spaces say, which is no act of a driver.
  var facts: [(device: Int32, step: Transaction)] = []
  private var steps = StepBuffer()

  mutating func receive(_ batch: Span<Access>, payload: RawSpan) {
    for index in batch.indices { receive(batch[index], payload: payload) }
  }

  mutating func receive(_ access: Access, payload: RawSpan = RawSpan()) {
    machine.receive(access, payload: payload, into: &steps)
    for step in steps.steps {
      if step.transaction.isFact {
        facts.append((step.device, step.transaction))
      } else {
        transactions.append((step.device, step.transaction))
      }
      if machine.devices.endsLife(step.transaction, of: step.device) {
        machine.devices.beginSession(of: step.device)
      }
      machine.devices[step.device].current.apply(step.transaction)
    }
    steps.removeAll()
  }

  mutating func receive(_ access: Access, bytes: [UInt8]) {
    var access = access
    access.payloadCount = UInt32(bytes.count)
    receive(access, payload: bytes.span.bytes)
  }

  /// The texts of one device's transactions.
  func texts(of device: Int32 = 0) -> [String] {
    transactions.filter { $0.device == device }.map(\.step.text)
  }

  /// Tells what the end of a recording brings to light.
  mutating func finish() {
    machine.finish(into: &steps)
    for step in steps.steps { facts.append((step.device, step.transaction)) }
    steps.removeAll()
  }

  /// The transactions of the device of that name.
  func steps(of id: String) -> [Transaction] {
    guard let place = machine.devices.all.firstIndex(where: { $0.id == id }) else { return [] }
    return transactions.filter { $0.device == Int32(place) }.map(\.step)
  }
}
