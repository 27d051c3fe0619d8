// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it is built with `--sanitize=fuzzer --sanitize=address`, which nobody else
// wants. See CONTRIBUTING.md.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "vtrace", path: "..")],
  targets: [
    "FuzzRecordings", "FuzzTransactions", "FuzzAccesses", "FuzzSplitRing", "FuzzPackedRing",
    "FuzzChainWalk",
  ].map {
    .executableTarget(
      name: $0, dependencies: [.product(name: "VtraceKit", package: "vtrace")])
  }
)
