import Testing
import Wire

@Suite struct EventFormatTests {
  /// As Linux 6.18 prints it, but for the numbers, which are another kernel's.
  static let text = """
    name: kvm_mmio
    ID: 1234
    format:
    \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
    \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

    \tfield:u64 gpa;\toffset:16;\tsize:8;\tsigned:0;
    \tfield:char comm[16];\toffset:24;\tsize:16;\tsigned:0;

    print fmt: "gpa 0x%llx \tfield:u32 fake;\toffset:1;\tsize:4;", REC->gpa

    """

  @Test func takesNameNumberAndFields() {
    let bytes = Array(Self.text.utf8)
    let format = EventFormat(bytes.span.bytes)
    #expect(format?.name == "kvm_mmio")
    #expect(format?.id == 1234)
    #expect(format?.fields.map(\.name) == ["common_type", "common_pid", "gpa", "comm"])
    #expect(format?["gpa"] == EventField(name: "gpa", offset: 16, size: 8, isSigned: false))
    #expect(format?["common_pid"]?.isSigned == true)
    #expect(format?["fake"] == nil)
  }

  /// Kernels before 2.6.33 do not say whether a field is signed.
  @Test func takesAFieldWithoutSign() {
    let bytes = Array("\tfield:unsigned int val;\toffset:24;\tsize:4;".utf8)
    #expect(
      EventField(line: bytes.span.bytes)
        == EventField(name: "val", offset: 24, size: 4, isSigned: false))
  }

  @Test(arguments: [
    "", "name: x\n", "ID: 4\nname: x\n", "name: x\nID: \n", "name: x\nID: 99999999999999999999\n",
  ])
  func refusesWhatIsNoFormat(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(EventFormat(bytes.span.bytes) == nil)
  }

  @Test(arguments: [
    "field:u64 gpa;", "\tfield:u64 gpa;\toffset:;\tsize:8;", "\tfield", "\t:;",
    "\toffset:1;\tsize:2;",
  ])
  func refusesWhatIsNoField(_ line: String) {
    let bytes = Array(line.utf8)
    #expect(EventField(line: bytes.span.bytes) == nil)
  }

  /// Every beginning of a format is read or refused, and none traps.
  @Test func survivesEveryCut() {
    let bytes = Array(Self.text.utf8)
    for count in 0...bytes.count {
      let format = EventFormat(bytes.span.bytes.extracting(first: count))
      #expect((format?.fields.count ?? 0) <= 4)
    }
  }
}
