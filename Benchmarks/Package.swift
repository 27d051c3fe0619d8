// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds vtrace builds its benchmarks.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "vtrace", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: ["CRingWalk", .product(name: "VtraceKit", package: "vtrace")]),
    .target(name: "CRingWalk"),
    .target(name: "MallocCounter"),
  ]
)
package.products = [
  .library(name: "MallocCounter", type: .dynamic, targets: ["MallocCounter"])
]
