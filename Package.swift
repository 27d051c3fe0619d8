// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every target, so that a module border never changes the language.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Views over bytes are `~Escapable` and need `@_lifetime`; swift-nio, swift-collections and
  // swift-system depend on the same flag.
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

// Test targets go without: `@Test` and `#expect` expand to code that strict memory safety rejects.
let strict = common + [.strictMemorySafety()]

let package = Package(
  name: "vtrace",
  products: [
    .executable(name: "vtrace", targets: ["vtrace"]),
    .library(
      name: "VtraceKit",
      targets: [
        "Wire", "Model", "Recordings", "Rules", "Query", "Comparison", "Reports", "TraceKit",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // Leaves: facts, and the C libraries.
    .target(name: "VirtioSpec", swiftSettings: strict),
    .systemLibrary(name: "CPcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CKdumpfile", providers: [.apt(["libkdumpfile-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(name: "Terminal", dependencies: ["CNcurses"], swiftSettings: strict),
    .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
    .target(name: "YAML", dependencies: ["CYaml"], swiftSettings: strict),

    // Bytes to verdicts, downward only.
    .target(name: "Wire", dependencies: ["VirtioSpec"], swiftSettings: strict),
    .target(
      name: "Model",
      dependencies: [
        "VirtioSpec", "Wire", .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "Recordings", dependencies: ["Wire", "Model", "CPcap", "CZlib", "CZstd", "CKdumpfile"],
      swiftSettings: strict),
    .target(name: "Rules", dependencies: ["VirtioSpec", "Model"], swiftSettings: strict),
    .target(
      name: "Policies", dependencies: ["VirtioSpec", "Model", "Rules"], swiftSettings: strict),
    .target(
      name: "Query", dependencies: ["VirtioSpec", "Model", "Rules", "Policies"],
      swiftSettings: strict),
    .target(
      name: "Comparison", dependencies: ["VirtioSpec", "Model", "Rules"], swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["VirtioSpec", "Model", "Rules", "Policies", "Comparison"],
      swiftSettings: strict),
    .target(
      name: "LiveView",
      dependencies: ["VirtioSpec", "Model", "Rules", "Query", "Reports", "Terminal"],
      swiftSettings: strict),
    // Apart from `Policies`, so that only the command links libyaml.
    .target(
      name: "PolicyFiles", dependencies: ["VirtioSpec", "Rules", "Policies", "YAML"],
      swiftSettings: strict),
    .target(
      name: "TraceKit",
      dependencies: ["VirtioSpec", "Wire", "Model", "Recordings", "Rules", "Reports"],
      swiftSettings: strict),

    .executableTarget(
      name: "vtrace",
      dependencies: [
        "VirtioSpec", "Wire", "Model", "Recordings", "Rules", "Policies", "PolicyFiles", "Query",
        "Reports", "Terminal", "LiveView",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "vtrace-dev",
      dependencies: [
        "VirtioSpec", "Model", "Recordings", "Rules", "Query", "Reports", "TraceKit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: common),

    .testTarget(
      name: "VirtioSpecTests", dependencies: ["VirtioSpec", "Wire", "vtrace-dev"],
      swiftSettings: common),
    .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: common),
    .testTarget(
      name: "ModelTests",
      dependencies: ["Model", "Recordings", "Rules", "TraceKit", "VirtioSpec", "Wire"],
      swiftSettings: common),
    .testTarget(
      name: "RecordingsTests", dependencies: ["Recordings", "Model", "Rules", "Wire", "TraceKit"],
      swiftSettings: common),
    .testTarget(
      name: "RulesTests", dependencies: ["Rules", "Model", "Recordings", "TraceKit", "VirtioSpec"],
      swiftSettings: common),
    .testTarget(
      name: "PoliciesTests",
      dependencies: ["Policies", "PolicyFiles", "Model", "Rules", "VirtioSpec", "YAML"],
      swiftSettings: common),
    .testTarget(
      name: "LiveViewTests",
      dependencies: [
        "LiveView", "Model", "Query", "Recordings", "Rules", "Terminal", "VirtioSpec", "Wire",
      ],
      exclude: ["Snapshots"], swiftSettings: common),
    .testTarget(
      name: "QueryTests", dependencies: ["Query", "Model", "Recordings", "Rules", "VirtioSpec"],
      swiftSettings: common),
    .testTarget(
      name: "ComparisonTests",
      dependencies: ["Comparison", "Model", "Recordings", "Rules", "TraceKit", "VirtioSpec"],
      swiftSettings: common),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Rules", "Model", "TraceKit"],
      swiftSettings: common),
    .testTarget(
      name: "CommandTests", dependencies: ["vtrace"], exclude: ["Snapshots"], swiftSettings: common),
  ]
)
