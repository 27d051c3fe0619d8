// PROVISIONAL names so that other modules build; delete this file when the generated module lands.
public enum TransportKind: UInt8, Sendable { case pci, mmio, ccw }
public struct DeviceType: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public var name: String { "x" }
  public static func named(_ n: String) -> DeviceType? { .init(rawValue: 2) }
}
public struct DeviceStatus: OptionSet, Sendable, Hashable, BitwiseCopyable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static var acknowledge: Self { .init(rawValue: 1) }
  public static var driver: Self { .init(rawValue: 2) }
  public static var driverOK: Self { .init(rawValue: 4) }
  public static var featuresOK: Self { .init(rawValue: 8) }
  public static var needsReset: Self { .init(rawValue: 64) }
  public static var failed: Self { .init(rawValue: 128) }
  public var describing: String { "ACKNOWLEDGE|DRIVER" }
}
public enum Level: Sendable { case must, mustNot, should, shouldNot, may }
public struct CatalogueRow: Sendable {
  public var id: String
  public var hasKeyword = true
  public var isProposal = false
  public var level = Level.must
}
public enum Catalogue { public static func row(_ id: String) -> CatalogueRow? { nil } }
