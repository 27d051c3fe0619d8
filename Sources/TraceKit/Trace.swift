import Model
public import Rules
import VirtioSpec

/// A trace written in text: a device, its driver's steps, and the findings that are due.
///
/// The fence says what the device is, in words: transport (`pci`, `mmio`, `ccw`), interface
/// (`modern`, `legacy`, `unknown` where the recording does not show it), type (`blk`), `midlife` for a recording that starts after the first reset,
/// `bigendian` or `littleendian` for the guest, `capabilities` where the list was read to its end,
/// `typeless`, `shm=0,1` for shared memory regions that the list names, and `id=0x1001`,
/// `common=yes|no`, `sriov=yes|no`, `addin=yes|no`, `translated=yes|no`, `version=1|2`; `spec=1.0` judges by
/// that version of the specification. `running`
/// begins with an initialized device and queue 0 set up (record 1), of 8 entries or `size=16`, with
/// `features=28,29` accepted beside VERSION_1 (`queues=2` for more queues); `admin` or `admin=2` adds
/// so many administration queues behind them. Steps are a microsecond apart; `wait 2s` lets time pass. A comment `# text` after
/// a step is the message of the finding that is due there.
public struct Trace: Sendable, CustomStringConvertible {
  /// The words behind the fence's name.
  public var header: String
  /// The line on the page of the first step.
  public var line: Int
  public var lines: [String]
  /// What the page calls it: `core.status.no-clear-bits:14`.
  public var description: String

  public init(header: String, line: Int, lines: [String], description: String) {
    self.header = header
    self.line = line
    self.lines = lines
    self.description = description
  }

  /// A finding by its line on the page.
  public struct Due: Hashable, Sendable, CustomStringConvertible {
    public var line: Int
    public var message: String
    public var description: String { "line \(line): \(message)" }
  }

  /// The findings that the comments announce.
  public var due: [Due] {
    var result: [Due] = []
    for (offset, text) in lines.enumerated() {
      guard let hash = text.firstIndex(of: "#") else { continue }
      let message = text[text.index(after: hash)...].drop(while: \.isWhitespace)
      result.append(Due(line: line + offset, message: String(message)))
    }
    return result
  }

  /// Runs the trace through the whole rule set; record numbers are lines of the page.
  public func run() throws(TransactionParser.Failure) -> Analysis {
    let setting = try Setting(header)
    var analysis = Analysis(spec: setting.spec)
    let device = analysis.addDevice(
      id: "page", profile: setting.profile, startKnown: !setting.startsMidLife)
    let parser = TransactionParser(interface: setting.interface)
    // One record for all of it: it must come before any line of a page.
    for text in setting.prelude {
      analysis.take(try parser.parse(text, record: 1), of: device)
    }
    var waited: Int64 = 0
    var requests = RequestLines()
    for (offset, text) in lines.enumerated() {
      let code = text.prefix { $0 != "#" }
      guard code.contains(where: { !$0.isWhitespace }) else { continue }
      if let time = Self.wait(code) {
        waited &+= time
        continue
      }
      do {
        var step = try parser.parse(text, record: UInt64(line + offset))
        step.reference.time &+= waited
        var chain = try parser.chain(of: text)
        if let chain { step.index = chain.facts.slot }
        if step.isAdminStep {
          let session = analysis.machine.devices[device].current
          let admin = try parser.admin(text, &step, in: session)
          chain = ToldChain(admin)
        }
        if step.isRequestStep {
          let session = analysis.machine.devices[device].current
          chain = ToldChain()
          chain?.tell(try requests.payload(text, &step, in: session))
        }
        analysis.take(step, chain ?? ToldChain(), of: device)
      } catch {
        throw TransactionParser.Failure(description: "line \(line + offset): \(error.description)")
      }
    }
    analysis.finish()
    return analysis
  }

  /// The nanoseconds of a line `wait 2s` or `wait 5ms`; nil for any other.
  private static func wait(_ code: Substring) -> Int64? {
    let words = code.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0] == "wait" else { return nil }
    for (unit, size) in [("ms", Int64(1_000_000)), ("s", 1_000_000_000)]
    where words[1].hasSuffix(unit) {
      return Int64(words[1].dropLast(unit.count)).map { $0 &* size }
    }
    return nil
  }

  /// The findings of `rule` (also where another rule's finding stands for it), as they came out.
  public func findings(of rule: String) throws(TransactionParser.Failure) -> [Due] {
    let analysis = try run()
    return analysis.verdicts.findings
      .filter { !$0.isAbsorbed && ($0.rule == rule || $0.also.contains(rule)) }
      .map { Due(line: Int($0.reference.record), message: $0.message) }
  }
}

/// The device that a fence describes.
struct Setting {
  var profile = DeviceProfile(transport: .pci)
  var interface = Transaction.Interface.modern
  var startsMidLife = false
  var spec = SpecVersion.latest
  private var running = RunningSetting()

  /// The steps before the first line of the trace.
  var prelude: [String] {
    running.isWanted ? running.lines(for: "\(profile.transport)", interface) : []
  }

  init(_ header: String) throws(TransactionParser.Failure) {
    profile.type = DeviceType.named("blk")
    profile.hasCommonConfiguration = .yes
    for word in header.split(whereSeparator: \.isWhitespace).map(String.init) {
      try take(word)
    }
    if profile.transport == .mmio, profile.mmioVersion == 0 {
      profile.mmioVersion = interface == .legacy ? 1 : 2
    }
  }

  private mutating func take(_ word: String) throws(TransactionParser.Failure) {
    let parts = word.split(separator: "=").map(String.init)
    let value = parts.count == 2 ? parts[1] : ""
    switch parts.first ?? "" {
    case "pci": profile.transport = .pci
    case "mmio": profile.transport = .mmio
    case "ccw": profile.transport = .ccw
    case "modern": interface = .modern
    case "legacy": interface = .legacy
    case "unknown": interface = .none
    case "midlife": startsMidLife = true
    case "running": running.isWanted = true
    case "size": running.size = TransactionParser.parse(value) ?? 8
    case "admin": running.admin = value.isEmpty ? 1 : TransactionParser.parse(value) ?? 1
    case "queues": running.queues = TransactionParser.parse(value) ?? 1
    case "features":
      running.features = value.split(separator: ",").compactMap { UInt64($0) }
    case "typeless": profile.type = nil
    case "bigendian": profile.guestIsBigEndian = .yes
    case "littleendian": profile.guestIsBigEndian = .no
    case "capabilities": profile.capabilityListComplete = true
    case "id": profile.pciDeviceID = UInt16(truncatingIfNeeded: TransactionParser.parse(value) ?? 0)
    case "common": profile.hasCommonConfiguration = Self.knowledge(value)
    case "addin": profile.isAddInCard = Self.knowledge(value)
    case "translated": profile.isTranslated = Self.knowledge(value)
    case "shm":
      for id in value.split(separator: ",") {
        profile.sharedMemory.insert(
          UInt8(truncatingIfNeeded: TransactionParser.parse(String(id)) ?? 0))
      }
    case "spec":
      guard let version = SpecVersion(value) else {
        throw TransactionParser.Failure(description: "'\(value)' is no version")
      }
      spec = version
    case "sriov": profile.hasSRIOV = Self.knowledge(value)
    case "version":
      profile.mmioVersion = UInt32(truncatingIfNeeded: TransactionParser.parse(value) ?? 0)
    case let name:
      guard let type = DeviceType.named(name) else {
        throw TransactionParser.Failure(description: "'\(word)' is no word of a trace's header")
      }
      profile.type = type
    }
  }

  private static func knowledge(_ word: String) -> Knowledge {
    word == "yes" ? .yes : word == "no" ? .no : .unknown
  }
}
