import Model
import Query
import Testing
import VirtioSpec

/// What filters mean.
@Suite struct QueryLanguageTests {
  static let reference = RecordReference(record: 12, time: 2_500_000_000, location: 340)

  static func step(
    _ kind: Transaction.Kind, _ value: UInt64 = 0, queue: Int32 = -1, index: UInt32 = 0,
    traits: Transaction.Traits = [], mask: UInt64 = .max, width: UInt8 = 4
  ) -> QuerySubject {
    subject(
      Transaction(
        kind, at: reference, value: value, mask: mask, queue: queue, index: index,
        traits: traits, width: width)
    ) { session in
      session.interface = .modern
      session.status = [.acknowledge, .driver]
      session.isStatusKnown = true
      session.accepted = FeatureSet(low: 1 << 32 | 1 << 12)
    }
  }

  static let status = step(.writeStatus, 0x0b)
  static let kick = step(.kick, 1, queue: 1)
  static let features = step(.writeDriverFeatures, 1 << 12 | 1 << 28, mask: 0xffff_ffff)
  static let config = step(.readConfig, 0x2000, index: 0)
  static let unknown = step(.readConfig, traits: .unknownValue)

  @Test(arguments: [
    "record == 12", "time == 1.5", "time > 1.4 && time < 1500001us", "clock == 2.5s",
    "time in {0..1, 1500ms..2}", "place == 0x154", "device == 0000:00:03.0",
    "device == \"0000:00:03.0\"", "device matches \"03\\.0$\"", "device in {a, 0000:00:03.0}",
    "type == blk", "type == 2", "type != net", "transport == pci", "session == 2",
    "interface == modern", "interface in {legacy, modern}", "kind == write", "side == driver",
    "register == status", "register == device_status", "register == Status", "status",
    "status == 0x0b", "status == 0b1011", "status == 11", "status & 0x8", "status & FEATURES_OK",
    "status & (DRIVER_OK | FEATURES_OK)", "status == ACKNOWLEDGE|DRIVER|FEATURES_OK",
    "status == acknowledge|driver|features_ok", "status & 3 == 3", "(status & 3) == 3",
    "!(status & DRIVER_OK)", "not status & 4", "session.status == 3", "value == 0xb",
    "value >= 11", "value ge 11 and value le 11", "value & 1", "width == 4",
    "text == 'W status 0x0b'",
    "text contains STATUS", "text matches \"^w .* 0x0b$\"", "text ~ 'status'",
    "accepted == VERSION_1", "accepted == MQ", "accepted == virtio_blk_f_mq", "accepted == 32",
    "accepted != RING_PACKED", "accepted in {RING_PACKED, VERSION_1}",
    "queue == 1 || status", "!queue", "!(queue == 1)", "kind in {read, write}",
    "!finding", "record in {1, 5..20}", "!!status", "((status))", "!(rejected || window)",
  ])
  func trueOfAStatusWrite(filter: String) throws {
    #expect(try matches(filter, Self.status), "\(filter)")
  }

  @Test(arguments: [
    "record == 11", "time < 1.5", "device == 0000:00:04.0", "type == net", "type != blk",
    "transport != pci", "kind == read", "register == isr", "status & DRIVER_OK", "status == 3",
    "status & 0xb == 3", "session.status & FEATURES_OK", "queue", "queue == 1", "queue != 1",
    "accepted == RING_PACKED", "accepted == MRG_RXBUF", "accepted == VIRTIO_NET_F_MQ",
    "offered == 0",
    "feature", "feature != VERSION_1", "config", "finding", "severity >= note", "rejected",
    "host", "slot == 0", "status && queue", "text matches \"^R\"", "ring == avail.idx",
    "time in {0..1, 2..3}", "status in {1, 3}", "side != driver",
  ])
  func falseOfAStatusWrite(filter: String) throws {
    #expect(try !matches(filter, Self.status), "\(filter)")
  }

  @Test func fieldsOfOtherSteps() throws {
    #expect(try matches("kind == kick && queue in {0..1} && value == 1", Self.kick))
    #expect(try matches("feature == MQ && feature == 28", Self.features))
    #expect(try matches("feature != VERSION_1 && word == 0", Self.features))
    #expect(try !matches("feature == 29 || feature == VIRTIO_NET_F_STATUS", Self.features))
    #expect(try matches("config == capacity && offset == 0", Self.config))
    #expect(try matches("unknown && config", Self.unknown))
    #expect(try !matches("value", Self.unknown))
    #expect(try matches("queue == 3", Self.step(.selectQueue, 3)))
    #expect(
      try matches(
        "ring == used && id == 7 && length == 512 && side == device",
        Self.step(.bufferUsed, 7, queue: 0, index: 512, traits: .byDevice)))
    #expect(try matches("interrupt == config && kind == irq", Self.step(.interrupt, index: 1)))
    #expect(try matches("register == queue_driver", Self.step(.writeQueueAddress, index: 1)))
  }

  /// `&&` binds more tightly than `||`, `!` more than both, `&` more than `==`.
  @Test func precedence() throws {
    #expect(try matches("queue == 9 && queue == 9 || status", Self.status))
    #expect(try matches("status || queue == 9 && queue == 9", Self.status))
    #expect(try !matches("(status || queue == 9) && queue == 9", Self.status))
    #expect(try !matches("!status || queue", Self.status))
  }

  /// What is asked of a device's id is answered for each device by itself.
  @Test func idsOfSeveralDevices() throws {
    var run = QueryRun(try Query("device == b && !(device matches '^a')"))
    let first = subject(Transaction(.kick, at: Self.reference))
    let second = subject(Transaction(.kick, at: Self.reference), device: 1)
    for _ in 0..<3 {
      let answers = [run.matches(first, id: "a"), run.matches(second, id: "b")]
      #expect(answers == [false, true])
    }
  }

  /// A pattern is compiled anew from time to time, and goes on to mean the same.
  @Test func patternsLast() throws {
    var run = QueryRun(try Query("text matches '^W status 0x0[a-c]$'"))
    for _ in 0..<2000 {
      let answers = [run.matches(Self.status, id: "x"), run.matches(Self.kick, id: "x")]
      #expect(answers == [true, false])
    }
  }
}
