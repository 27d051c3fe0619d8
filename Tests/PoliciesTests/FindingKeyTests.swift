import Testing

@testable import Policies

/// What of a finding is the same in every recording of a scenario.
@Suite struct FindingKeyTests {
  @Test(arguments: [
    (
      "driver writes status 0x03, which clears DRIVER_OK",
      "driver writes status 0x03, which clears DRIVER_OK"
    ),
    ("driver writes 0xfeb02e00 to it", "driver writes 0x… to it"),
    ("driver notifies queue 1 137 times and", "driver notifies queue 1 … times and"),
    ("takes 12345 ns", "takes … ns"), ("feature bit 40, bit 41", "feature bit 40, bit 41"),
    ("device id 0x1042", "device id 0x1042"), ("(0x123456789)", "(0x…)"), ("0x", "0x"), ("", ""),
    ("a  b", "a  b"), ("é 0xABCDEF", "é 0x…"), ("times 3 times", "times … times"),
  ])
  func whatDiffersFromRunToRunIsLeftOut(message: String, general: String) {
    #expect(FindingKey.general(message) == general)
  }

  /// A fingerprint is kept in other people's systems: it must never change.
  @Test func fingerprintsStay() {
    let key = FindingKey(rule: "core.init.reset-first", device: "pci/blk", message: "driver x")
    #expect(key.fingerprint() == key.fingerprint(""))
    #expect(key.fingerprint().utf8.count == 32)
    #expect(key.fingerprint("1") != key.fingerprint("2"))
    #expect(key.fingerprint().prefix(16) == fnv("core.init.reset-first\npci/blk\ndriver x\n"))
  }

  /// FNV-1a by its definition, a byte at a time over big integers.
  private func fnv(_ text: String) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)).multipliedFullWidth(by: 1_099_511_628_211).low
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  @Test(arguments: [("blkk", "blk"), ("ent", "net"), ("xyz", nil), ("selct", "select"), ("", nil)])
  func theNearestNameIsFound(text: String, name: String?) {
    #expect(NearestName.find(text, among: ["blk", "net", "select", "ignore"]) == name)
  }
}
