import Foundation
import Model
import Testing
import VirtioSpec

@Suite struct DeviceHintTests {
  private func parse(_ text: String) throws -> [DeviceHint] {
    try DeviceHint.parseFile(Array(text.utf8))
  }

  @Test func `every key, with numbers in both forms`() throws {
    let hint = try #require(
      parse(
        """
        {"transport": "pci", "id": "0000:00:03.0", "deviceID": 2, "colour": [null, {"a": 1e3}],
         "bars": [{"index": 0, "address": "0xc000", "size": "0x80", "io": true},
                  {"index": 4, "address": 4273995776}],
         "capabilities": [{"type": "notify", "bar": 4, "offset": "0x3000", "length": 4096,
                           "multiplier": 4}]}
        """
      ).first)
    #expect(hint.transport == .pci && hint.id == "0000:00:03.0" && hint.deviceID == 2)
    #expect(hint.bars.map(\.index) == [0, 4] && hint.bars.map(\.isIO) == [true, false])
    #expect(hint.bars.map(\.address) == [0xc000, 0xfec0_0000])
    #expect(hint.capabilities[0].offset == 0x3000 && hint.capabilities[0].multiplier == 4)
    #expect(!hint.reference.isSet)
  }

  @Test func `what no access can show reaches the profile`() throws {
    let hints = try parse(
      #"[{"transport": "pci", "id": "0000:00:03.0", "addInCard": true, "translated": false}]"#)
    #expect(hints.first?.isAddInCard == true && hints.first?.isTranslated == false)
    var machine = Machine()
    for hint in hints { machine.take(hint) }
    let profile = try #require(machine.devices.all.first?.profile)
    #expect(profile.isAddInCard == .yes && profile.isTranslated == .no && profile.fromHint)
    #expect(throws: (any Error).self) {
      try parse(#"{"transport": "pci", "addInCard": 1}"#)
    }
  }

  @Test func `one or many, and the address as a name`() throws {
    let hints = try parse(
      #"[{"transport":"mmio","id":"0xa000000"},{"transport":"ccw","subchannel":"0xfe000000","devno":"0x0001"}]"#
    )
    #expect(hints.map(\.transport) == [.mmio, .ccw])
    #expect(hints[0].base == 0xa00_0000)
    #expect(hints[1].subchannel == 0xfe00_0000 && hints[1].devno == 1)
    #expect(try parse("[]").isEmpty)
  }

  @Test(arguments: [
    ("", "line 1, column 1: expected a value, found the end of the text"),
    ("[{\"transport\":\"pci\"},\n {}]", "line 2, column 2: the hint has no key 'transport'"),
    (
      "{\"transport\":\"usb\"}",
      "line 1, column 14: expected the transport pci, mmio or ccw, found 'usb'"
    ),
    (
      "{\"transport\":\"mmio\",\n\"base\":\"here\"}",
      "line 2, column 8: 'here' is no number for 'base'"
    ),
    (
      "{\"transport\":\"mmio\",\"deviceID\":-1}",
      "line 1, column 32: '-1' is no number for 'deviceID'"
    ),
    (
      "{\"transport\":\"mmio\",\"deviceID\":[]}",
      "line 1, column 32: expected a number for 'deviceID', found an array"
    ),
    ("7", "line 1, column 1: expected an object, found a number"),
    ("{\"transport\" \"pci\"}", "line 1, column 14: expected ':', found '\"'"),
    ("{} x", "line 1, column 4: expected the end of the text, found 'x'"),
    ("{\"a\":\"", "line 1, column 7: expected the end of the string, found the end of the text"),
  ])
  func `errors say where and what`(text: String, message: String) {
    let error = #expect(throws: JSONProblem.self) { try parse(text) }
    #expect(error?.description == message)
  }

  /// Foundation's own reader is the judge of what is JSON.
  @Test(arguments: [
    #"{"transport":"pci","id":"a\"\\\/\b\f\n\r\té𝄞"}"#, #"{"transport":"pci","id":"ü"}"#,
    "{\"transport\":\"pci\"\t,\r\n\"id\":\"\"}",
  ])
  func `strings as Foundation reads them`(text: String) throws {
    let truth = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(try parse(text).first?.id == truth?["id"] as? String)
  }

  @Test func `deep and cut texts do not harm`() {
    #expect(throws: JSONProblem.self) { try parse(String(repeating: "[", count: 100_000)) }
    let whole = #"{"transport":"ccw","subchannel":"0xfe000000","bars":[{"index":1,"address":2}]}"#
    for count in 0..<whole.utf8.count {
      #expect(throws: JSONProblem.self) { try parse(String(whole.prefix(count))) }
    }
  }

  @Test func `a hint in a recording that cannot be read is told`() {
    var collector = TransactionCollector()
    let access = Access(kind: .deviceHint, record: 5, time: 0, location: 77)
    collector.receive(access, bytes: Array("{\"transport\"}".utf8))
    #expect(collector.machine.hintProblems.map(\.reference.location) == [77])
    #expect(collector.machine.hintProblems[0].problem.text == "expected ':', found '}'")
    collector.receive(
      access, bytes: Array(#"{"transport":"mmio","base":"0x1000","deviceID":4,"version":1}"#.utf8))
    #expect(collector.machine.devices[0].id == "mmio@0x00001000")
    #expect(collector.machine.devices[0].profile.type == .rng)
    #expect(collector.machine.devices[0].profile.mmioVersion == 1)
  }
}
