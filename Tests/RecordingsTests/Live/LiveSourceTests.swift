import Testing

@testable import Recordings

@Suite struct LiveSourceTests {
  @Test(arguments: [
    ("kvm", false, LiveSource.kvm),
    ("sysfs", false, .sysfs),
    ("-", false, .file(path: "-", follows: false)),
    ("./kvm", true, .file(path: "./kvm", follows: true)),
    ("guest.log", false, .file(path: "guest.log", follows: false)),
    ("pcap:vsockmon0", false, .pcap(interface: "vsockmon0", filter: nil)),
    ("pcap:lo:udp port 7", false, .pcap(interface: "lo", filter: "udp port 7")),
    ("pcap:lo:ether[0:2] = 1", false, .pcap(interface: "lo", filter: "ether[0:2] = 1")),
  ])
  func aSourceIsNamed(text: String, follows: Bool, source: LiveSource) throws {
    #expect(try LiveSource.parse(text, follows: follows) == source)
    #expect(source.name == text)
  }

  @Test(arguments: [
    ("", false, "names no source"), ("pcap:", false, "names no interface"),
    ("pcap::udp", false, "names no interface"), ("kvm", true, "only a file is followed"),
    ("-", true, "a pipe is followed in any case"),
  ])
  func whatIsNoSourceIsSaid(text: String, follows: Bool, reason: String) {
    let problem = #expect(throws: LiveSource.Problem.self) {
      try LiveSource.parse(text, follows: follows)
    }
    #expect(problem?.reason.hasPrefix(reason) == true)
  }
}
